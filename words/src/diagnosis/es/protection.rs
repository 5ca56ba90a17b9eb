//! Spanish: causes and remedies of TLS and certificates.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "starttls_not_offered" => Help {
            why: &[
                "El servidor ofrece cifrado solo en otro puerto, por lo general el 465 (SSL).",
                "Un equipo en el camino puede quitar STARTTLS, o el servidor no tiene certificado.",
            ],
            advice: &[
                "Elegir SSL en «Tipo de conexión segura», con el puerto 465.",
                "Pedir al administrador del servidor que active STARTTLS. Enviar sin cifrado expondría la contraseña y los mensajes.",
            ],
        },
        "starttls_stripped" => Help {
            why: &[
                "Un cortafuegos o equipo de inspección tacha la oferta de cifrado en la respuesta a EHLO, a menudo con XXXXXXXA.",
                "Alguien puede estar intentando leer el tráfico.",
            ],
            advice: &[
                "Elegir SSL en «Tipo de conexión segura», con el puerto 465.",
                "Pedir al responsable de la red que desactive la inspección de SMTP para este servidor.",
            ],
        },
        "starttls_refused" => Help {
            why: &[
                "Falta el certificado o la clave del servidor, o este no puede leerlos.",
                "Puede negar el cifrado a este cliente por una regla.",
            ],
            advice: &[
                "Probar SSL en «Tipo de conexión segura», con el puerto 465.",
                "Mostrar la respuesta del servidor a su administrador.",
            ],
        },
        "starttls_server_broken" => Help {
            why: &["Su certificado o su clave privada no se puede cargar, a menudo después de una renovación."],
            advice: &[
                "Avisar al administrador del servidor e indicarle las líneas de TLS en el registro del servidor.",
                "Mientras tanto, probar SSL en «Tipo de conexión segura», con el puerto 465.",
            ],
        },
        "injected_before_tls" => Help {
            why: &[
                "Alguien en el camino puede estar intentando insertar comandos en la sesión: puede ser un ataque.",
                "Un servidor o proxy de correo averiado puede causar lo mismo.",
            ],
            advice: &[
                "Probar desde otra red o por un conector de red. Si ahí no ocurre, considerar insegura esta red.",
                "Avisar al administrador del servidor. El puerto 465 con SSL no deja lugar a esa inserción.",
            ],
        },
        "tls_plaintext_port" => Help {
            why: &["Ese puerto comienza en texto plano: se eligió SSL donde corresponde TLS (STARTTLS)."],
            advice: &["Elegir TLS en «Tipo de conexión segura» para ese puerto, o usar el 465 con SSL."],
        },
        "tls_timeout" => Help {
            why: &[
                "El puerto no habla TLS desde el primer byte, y los dos lados esperan.",
                "Un cortafuegos puede retener los paquetes grandes o el tráfico TLS.",
            ],
            advice: &[
                "Comprobar que «Puerto» y «Tipo de conexión segura» concuerden: 465 con SSL, 587 con TLS.",
                "Probar desde otra red, o preguntar al responsable de la red por la inspección de TLS y el tamaño de paquete (MTU).",
            ],
        },
        "tls_failed" => Help {
            why: &[
                "El servidor y Postroom no tienen en común ninguna versión de TLS o ningún algoritmo: Postroom necesita TLS 1.2 o 1.3.",
                "Un equipo en el camino puede perturbar la negociación.",
            ],
            advice: &[
                "Pedir al administrador del servidor que ofrezca TLS 1.2 o más reciente y consulte el registro del servidor en ese instante.",
                "Si el servidor no se puede actualizar, usar un relay entre Postroom y él.",
            ],
        },
        "tls_too_old" => Help {
            why: &["El software del servidor es antiguo, o las versiones más recientes están desactivadas en él."],
            advice: &[
                "Pedir al administrador del servidor que active TLS 1.2 o más reciente.",
                "Si el servidor no se puede actualizar, enviar por un relay en su red que hable las dos versiones.",
            ],
        },
        "tls_no_common_cipher" => Help {
            why: &[
                "El servidor permite solo algoritmos antiguos, como los que no tienen secreto perfecto hacia adelante (ECDHE).",
                "El servidor puede no tener un certificado adecuado para los métodos ofrecidos.",
            ],
            advice: &[
                "Pedir al administrador del servidor que active algoritmos ECDHE con AES-GCM o ChaCha20, o TLS 1.3.",
            ],
        },
        "tls_client_certificate" => Help {
            why: &["El servidor admite solo clientes con certificado propio (TLS mutuo)."],
            advice: &[
                "Pedir al administrador del servidor otro puerto u otra regla que acepte usuario y contraseña.",
                "Si no es posible, enviar por un relay que tenga el certificado de cliente.",
            ],
        },
        "certificate_unknown_issuer" => Help {
            why: &[
                "El certificado viene de una autoridad privada, como la de la propia empresa.",
                "El servidor puede no enviar su certificado intermedio, y la cadena queda rota.",
                "Un equipo que inspecciona TLS puede mostrar un certificado suyo.",
            ],
            advice: &[
                "Si la autoridad es propia, comparar la huella digital con su responsable y confiar en ella para esta cuenta, o pedir al operador que la añada con --ca-file (POSTROOM_CA_FILE).",
                "Si es una autoridad pública, pedir al administrador del servidor que envíe la cadena completa.",
            ],
        },
        "certificate_self_signed" => Help {
            why: &[
                "El servidor usa todavía el certificado creado en su instalación.",
                "Alguien en el camino puede mostrar un certificado propio.",
            ],
            advice: &[
                "Comparar la huella digital con la que el administrador lee en el propio servidor. Si son iguales, confiar exactamente en este certificado para esta cuenta.",
                "Mejor: obtener para el servidor un certificado de una autoridad pública o propia.",
            ],
        },
        "certificate_self_signed_ca" => Help {
            why: &[
                "Se creó con las opciones predeterminadas de una herramienta, como autoridad (CA) y no como servidor.",
            ],
            advice: &[
                "Comparar la huella digital con el administrador del servidor. Si son iguales, confiar exactamente en este certificado; añadirlo como autoridad no sirve.",
                "Mejor: obtener un certificado de servidor que contenga el nombre del host.",
            ],
        },
        "certificate_expired" => Help {
            why: &[],
            advice: &[
                "Pedir al administrador del servidor que renueve el certificado y después reinicie o recargue el servicio de correo.",
                "Si ya se renovó, ver si otro host o un balanceador muestra todavía el anterior, y si el reloj de esta máquina está en hora.",
            ],
        },
        "certificate_not_yet_valid" => Help {
            why: &[
                "El reloj de esta máquina está atrasado.",
                "El certificado se hizo con un inicio posterior, o en una máquina con el reloj adelantado.",
            ],
            advice: &[
                "Comparar fecha y hora en la máquina de Postroom y activar la sincronización del reloj (NTP).",
                "Si este reloj está en hora, avisar al administrador del servidor.",
            ],
        },
        "certificate_wrong_name" => Help {
            why: &[
                "El host se indicó con otro nombre o como dirección IP.",
                "El certificado puede ser de otro sitio en la misma máquina, o no nombrar ningún host (solo CN).",
            ],
            advice: &[
                "Indicar en «Host SMTP» uno de los nombres del certificado, si pertenece al proveedor.",
                "Si no, pedir al administrador del servidor un certificado que contenga este nombre.",
            ],
        },
        "certificate_not_pinned" => Help {
            why: &[
                "El certificado se renovó, como ocurre cada pocas semanas o meses.",
                "Alguien en el camino puede mostrar un certificado propio.",
            ],
            advice: &[
                "Preguntar al administrador del servidor si el certificado se renovó y comparar la huella digital. Si son iguales, fijar el nuevo.",
                "Mejor, si los certificados del servidor vienen de una autoridad: confiar en la autoridad, que sobrevive a las renovaciones.",
            ],
        },
        "certificate_invalid"
        | "certificate_key_too_short"
        | "certificate_signed_with_sha1"
        | "certificate_outdated_format"
        | "certificate_not_for_servers"
        | "certificate_unknown_extension"
        | "certificate_name_constraint" => Help {
            why: &[
                "Es anticuado o defectuoso: una clave demasiado corta, una firma con SHA-1, un formato antiguo, o un certificado que no es para servidores.",
            ],
            advice: &[
                "Pedir al administrador del servidor que lo haga emitir de nuevo, con una clave de al menos 2048 bits (RSA) y para uso de servidor.",
            ],
        },
        "password_in_clear" => Help {
            why: &["«¿Usar conexión segura?» está en No, y la cuenta inicia sesión."],
            advice: &[
                "Poner «¿Usar conexión segura?» en Sí, con SSL en el puerto 465 o TLS en el puerto 587.",
                "Si es un relay que no necesita inicio de sesión, poner «Usar autenticación» en No.",
            ],
        },
        "encryption_required" => Help {
            why: &["«¿Usar conexión segura?» está en No."],
            advice: &["Poner «¿Usar conexión segura?» en Sí, con TLS en el puerto 587 o SSL en el puerto 465."],
        },
        _ => return None,
    })
}
