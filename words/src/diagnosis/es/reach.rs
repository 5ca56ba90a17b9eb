//! Spanish: causes and remedies on the way to the server, up to its greeting and EHLO.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "host_not_found" => Help {
            why: &[
                "Lo más probable es un error de escritura, o un nombre que ya no se usa.",
                "Un nombre interno puede ser conocido solo por el servidor de nombres de otra red.",
            ],
            advice: &[
                "Comparar el campo «Host SMTP» con las instrucciones del proveedor, letra por letra.",
                "Consultar el nombre en la máquina donde se ejecuta Postroom, por ejemplo con nslookup. Un nombre conocido solo dentro de otra red necesita un conector de red.",
            ],
        },
        "resolver_failed" => Help {
            why: &[
                "El DNS configurado en la máquina de Postroom no responde, o no alcanza los servidores de nombres de Internet.",
                "Los servidores de nombres del propio dominio pueden estar caídos.",
            ],
            advice: &[
                "Probar la resolución de nombres en esa máquina o en su contenedor y corregir el DNS (por lo general, /etc/resolv.conf).",
                "Si otros nombres se resuelven, esperar unos minutos y probar de nuevo.",
            ],
        },
        "connection_refused" => Help {
            why: &[
                "El host o el puerto es incorrecto, o el servicio está detenido.",
                "Un cortafuegos en el camino puede rechazar la conexión en nombre del servidor.",
            ],
            advice: &[
                "Revisar «Host SMTP» y «Puerto»: los mensajes se entregan en el 465 (SSL) o el 587 (TLS); el 25 es para relays.",
                "En un servidor propio, ver si el servicio de correo está activo y escucha en esa dirección y ese puerto.",
            ],
        },
        "connect_timeout" => Help {
            why: &[
                "Un cortafuegos descarta los paquetes, de este lado o del lado del servidor.",
                "El host es incorrecto o está apagado, o solo admite determinadas direcciones.",
            ],
            advice: &[
                "Revisar «Host SMTP» y «Puerto» y probar el puerto desde la máquina de Postroom, por ejemplo con nc -vz HOST PUERTO.",
                "Pedir que se permitan las conexiones salientes a ese host y ese puerto, o usar un conector de red en una red que tenga acceso.",
            ],
        },
        "unreachable" => Help {
            why: &[
                "Esta máquina no tiene conexión de red con esa dirección; es frecuente que falte la ruta de IPv6.",
                "Puede faltar una ruta, una VPN o una regla del cortafuegos.",
            ],
            advice: &[
                "Revisar las rutas en la máquina de Postroom o en su contenedor.",
                "Si solo falla IPv6, indicar la dirección IPv4 o un nombre que tenga una; para una red privada, usar un conector de red.",
            ],
        },
        "no_mail_server" => Help {
            why: &[
                "El host o el puerto es incorrecto, algo en el camino rechaza la conexión, o lo que responde no es un servidor de correo.",
            ],
            advice: &[
                "Comprobar “Host SMTP” y “Puerto” con quien administra el servidor.",
                "Pedir a un administrador que pruebe la misma configuración: quien puede guardar una cuenta ve qué ocurrió exactamente.",
            ],
        },
        "connection_reset" => Help {
            why: &[
                "Un cortafuegos o equipo de inspección en el camino puede haberla cortado.",
                "El servidor puede haberse reiniciado, o haber terminado la sesión por una regla propia.",
            ],
            advice: &[
                "Probar de nuevo. Si ocurre siempre en el mismo paso, consultar el registro del servidor en ese instante.",
                "Preguntar al responsable de la red si algún equipo inspecciona el tráfico SMTP o TLS y pedir una excepción para esta conexión.",
            ],
        },
        "connection_closed" => Help {
            why: &[
                "El servidor terminó la sesión sin explicación: un límite, una regla o un fallo propio.",
                "El puerto puede ser de otro servicio, o esperar otro tipo de cifrado.",
            ],
            advice: &[
                "Comprobar que «Puerto» y «Tipo de conexión segura» concuerden: 465 con SSL, 587 con TLS.",
                "Consultar el registro del servidor en ese instante, o a su administrador.",
            ],
        },
        "destination_forbidden" => Help {
            why: &[
                "La dirección o el puerto no está en la lista de destinos permitidos, o es de un tipo que nunca se permite, como las direcciones link-local y de metadatos.",
            ],
            advice: &[
                "Revisar «Host SMTP» y «Puerto».",
                "Si el destino es correcto, pedir al operador que lo añada a --allow-destinations (POSTROOM_ALLOW_DESTINATIONS).",
            ],
        },
        "closed_before_greeting" => Help {
            why: &[
                "El servidor, o un equipo delante de él, no acepta la dirección IP de esta máquina.",
                "El servicio detrás del puerto puede estar sobrecargado o averiado.",
            ],
            advice: &[
                "Preguntar al proveedor si la IP pública de esta máquina está bloqueada o tiene que registrarse.",
                "Probar el camino por otra red, con un conector de red.",
            ],
        },
        "port_25_blocked" => Help {
            why: &[
                "La mayoría de los proveedores de alojamiento y de Internet bloquea la salida por el puerto 25.",
                "Si no es eso, el host es incorrecto o su cortafuegos descarta la conexión.",
            ],
            advice: &[
                "Usar el puerto 465 con SSL o el 587 con TLS y activar «Usar autenticación»; varios proveedores ofrecen también el 2525.",
                "Si tiene que ser el puerto 25, pedir al proveedor de alojamiento que lo abra para esta máquina.",
            ],
        },
        "egress_blocked" => Help {
            why: &[
                "Un cortafuegos de este lado no deja salir la conexión, o el nombre del host es incorrecto.",
                "El servidor puede admitir solo determinadas direcciones IP.",
            ],
            advice: &[
                "Revisar «Host SMTP» y probar el puerto desde la máquina de Postroom, por ejemplo con nc -vz HOST PUERTO.",
                "Pedir que se permitan las conexiones salientes a ese host y ese puerto, o usar un conector de red en una red que tenga acceso.",
            ],
        },
        "greeting_timeout" => Help {
            why: &[
                "El puerto puede esperar cifrado desde el primer byte (SSL).",
                "El servidor puede estar sobrecargado, o retrasar su saludo a clientes desconocidos.",
            ],
            advice: &[
                "Si el proveedor indica el puerto 465 o SSL, elegir SSL en «Tipo de conexión segura».",
                "Si no, probar de nuevo más tarde o preguntar al administrador del servidor.",
            ],
        },
        "port_expects_tls" => Help {
            why: &["El puerto 465 es de TLS implícito (SSL); la cuenta está configurada de otra forma."],
            advice: &["Elegir SSL en «Tipo de conexión segura», o mantener TLS y usar el puerto 587."],
        },
        "not_smtp" => Help {
            why: &[
                "El puerto es de otro servicio.",
                "Un proxy o la página de acceso de la red puede responder en lugar del servidor.",
            ],
            advice: &["Revisar «Host SMTP» y «Puerto»: los mensajes se entregan en el 465 (SSL) o el 587 (TLS)."],
        },
        "reply_too_long" => Help {
            why: &[
                "Lo que responde ahí probablemente no es un servidor de correo.",
                "Un servidor de correo, o un equipo delante de él, puede estar averiado.",
            ],
            advice: &[
                "Revisar «Host SMTP» y «Puerto».",
                "Si son correctos, mostrar la transcripción al administrador del servidor.",
            ],
        },
        "reply_timeout" => Help {
            why: &[
                "El servidor está sobrecargado, o tarda en verificar el remitente y el destinatario.",
                "Un equipo en el camino puede tragarse partes de la conversación.",
            ],
            advice: &[
                "Probar de nuevo en unos minutos.",
                "Si se detiene siempre en el mismo paso, mostrarlo al administrador del servidor.",
            ],
        },
        "protocol_error" => Help {
            why: &[
                "Un equipo que inspecciona el correo puede estar alterando la conversación.",
                "El servidor, o lo que responde en su lugar, puede no seguir SMTP.",
            ],
            advice: &[
                "Comparar las últimas líneas de la transcripción con el registro del servidor en ese instante.",
                "Pedir al responsable de la red que exceptúe esta conexión de la inspección.",
            ],
        },
        "service_refused" => Help {
            why: &[
                "El servidor no acepta la dirección IP de esta máquina, o ya tiene demasiadas conexiones.",
                "Puede estar en mantenimiento, o no ser un servidor de envío.",
            ],
            advice: &[
                "Leer la respuesta del servidor: suele indicar el motivo, o una página sobre él.",
                "Usar el host y el puerto de envío del proveedor (465 o 587) con autenticación, o preguntar a su soporte por la IP de esta máquina.",
            ],
        },
        "idle_too_long" => Help {
            why: &[
                "Una conexión quedó abierta para el siguiente mensaje más tiempo del que el servidor permite.",
                "La red puede ser tan lenta que el servidor dejó de esperar.",
            ],
            advice: &[
                "Por lo general no hay nada que hacer: el siguiente mensaje abre una conexión nueva.",
                "Si ocurre también en las pruebas, revisar la red entre esta máquina y el servidor.",
            ],
        },
        "synchronization_error" => Help {
            why: &[
                "Se inició TLS en un puerto que comienza en texto plano.",
                "Un equipo en el camino puede añadir datos propios.",
            ],
            advice: &[
                "Elegir TLS en «Tipo de conexión segura» para ese puerto (por lo general, 587), o usar el 465 con SSL.",
            ],
        },
        "too_many_connections" => Help {
            why: &[
                "Varios programas, o varias cuentas, envían a ese servidor a la vez desde la misma IP.",
                "El límite del servidor es bajo.",
            ],
            advice: &[
                "Esperar unos minutos. Las notificaciones se reintentan automáticamente.",
                "Reducir las conexiones simultáneas con ese servidor, o pedir a su administrador un límite mayor.",
            ],
        },
        "address_blocklisted" => Help {
            why: &[
                "Las direcciones de nube y de banda ancha suelen estar listadas en bloque.",
                "Desde esa dirección puede haberse enviado spam, por esta máquina o por un usuario anterior.",
            ],
            advice: &[
                "Enviar por un proveedor con autenticación en el puerto 465 o 587: así la dirección apenas importa.",
                "Si la dirección es propia, ver en la respuesta del servidor cuál es la lista, consultarla y pedir la baja.",
            ],
        },
        "reverse_dns_missing" => Help {
            why: &["Falta el DNS inverso (PTR), o nombre y dirección no concuerdan en los dos sentidos."],
            advice: &[
                "Enviar por un proveedor con autenticación en el puerto 465 o 587, donde esto apenas importa.",
                "Si la dirección es propia, pedir a su titular un registro PTR a un nombre cuyo registro A o AAAA sea esa dirección.",
            ],
        },
        "ehlo_refused" => Help {
            why: &[
                "El nombre en EHLO no es aceptado por el servidor: los nombres cortos y localhost suelen rechazarse.",
                "El servidor puede aceptar solo determinados clientes.",
            ],
            advice: &[
                "Pedir al operador que ponga en --ehlo-name (POSTROOM_EHLO_NAME) el nombre público completo de esta máquina.",
            ],
        },
        "helo_not_fqdn" => Help {
            why: &["Postroom se presenta con un nombre corto o con localhost, en lugar de un nombre con dominio."],
            advice: &[
                "Pedir al operador que ponga en --ehlo-name (POSTROOM_EHLO_NAME) el nombre completo de esta máquina, como mail.example.com.",
            ],
        },
        "helo_bad" => Help {
            why: &["Postroom se presenta con un nombre que pertenece al servidor o al dominio del destinatario."],
            advice: &[
                "Pedir al operador que ponga en --ehlo-name (POSTROOM_EHLO_NAME) el nombre completo de esta misma máquina.",
            ],
        },
        "helo_refused_for_now" => Help {
            why: &[
                "El nombre en EHLO es localhost o un nombre que el servidor no conoce; el relay de Google responde así.",
                "Puede haber llegado demasiado correo desde esta dirección IP.",
            ],
            advice: &[
                "Pedir al operador que ponga en --ehlo-name (POSTROOM_EHLO_NAME) un nombre de host del dominio de la organización.",
                "Esperar unos minutos antes de la siguiente prueba.",
            ],
        },
        "deadline" => Help {
            why: &[
                "El servidor o la red es lento en varios pasos; la línea de tiempo muestra cuáles.",
                "El servidor puede frenar a los clientes que no conoce.",
            ],
            advice: &[
                "Ver el paso más lento en la línea de tiempo y preguntar al administrador de ese servidor.",
                "Probar de nuevo a una hora más tranquila.",
            ],
        },
        "cancelled" => Help {
            why: &["Alguien eligió Cancelar, o se cerró la página."],
            advice: &["Ejecutar la prueba de nuevo."],
        },
        "internal" => Help {
            why: &["Falta o se agotó algún recurso de esta máquina, como archivos abiertos o memoria."],
            advice: &["Pedir al operador que consulte el registro de Postroom en ese instante."],
        },
        _ => return None,
    })
}
