//! Spanish: causes and remedies of network connectors.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "tunnel_unreachable" => Help {
            why: &[
                "El host o el puerto del conector es incorrecto, el conector no está activo, o hay un cortafuegos delante.",
            ],
            advice: &[
                "Revisar host y puerto en la configuración del conector y usar la prueba que hay ahí.",
                "Ver si el proxy está activo y si esta máquina puede conectarse a él.",
            ],
        },
        "tunnel_timeout" => Help {
            why: &[
                "El proxy está sobrecargado, o espera en vano al servidor que hay detrás.",
                "El tipo o el puerto del conector puede ser incorrecto, y los dos lados se esperan mutuamente.",
            ],
            advice: &[
                "Usar la prueba en la configuración del conector. Si responde, el tramo lento es el que viene después.",
                "Consultar el registro del proxy en ese instante.",
            ],
        },
        "tunnel_wants_credentials" => Help {
            why: &[
                "El conector no tiene una credencial asignada.",
                "El proxy puede exigir una forma de inicio de sesión que Postroom no tiene: hay usuario y contraseña (SOCKS5) y Basic (HTTP CONNECT).",
            ],
            advice: &[
                "Elegir una credencial en la configuración del conector y usar la prueba que hay ahí.",
                "Si ya tiene una, permitir en el proxy usuario y contraseña, o Basic.",
            ],
        },
        "tunnel_credentials_refused" => Help {
            why: &[
                "La credencial del conector es incorrecta, o se cambió en el proxy.",
                "El proxy puede limitar este inicio de sesión a determinadas direcciones de origen.",
            ],
            advice: &[
                "Escribir de nuevo la contraseña de la credencial del conector y usar la prueba en la configuración del conector.",
                "Consultar el registro del proxy en ese instante.",
            ],
        },
        "tunnel_credentials_refused.length" => Help {
            why: &["El usuario o la contraseña de la credencial del conector está vacío o es demasiado largo."],
            advice: &["Elegir para el conector una credencial con usuario y contraseña más cortos."],
        },
        "tunnel_credentials_refused.colon" => Help {
            why: &[
                "En la autenticación Basic, los dos puntos terminan el usuario, y el resto se leería como parte de la contraseña.",
            ],
            advice: &["Elegir para el conector una credencial sin dos puntos en el usuario."],
        },
        "tunnel_refused" => Help {
            why: &["El proxy no puede conectarse a ese host y ese puerto, o no los alcanza."],
            advice: &[
                "Revisar «Host SMTP» y «Puerto».",
                "Consultar el registro del proxy en ese instante; sus reglas deben permitir ese host y ese puerto.",
            ],
        },
        "tunnel_refused.rules" => Help {
            why: &["El proxy permite solo determinados destinos, a menudo solo los puertos 80 y 443."],
            advice: &[
                "Pedir al administrador del proxy que permita ese host y ese puerto.",
                "Comprobar que «Host SMTP» y «Puerto» sean los deseados.",
            ],
        },
        "tunnel_refused.network_unreachable" => Help {
            why: &["La máquina del proxy no tiene ruta hasta esa red."],
            advice: &["Revisar las rutas en la máquina del proxy, o usar un conector que esté en la red correcta."],
        },
        "tunnel_refused.host_unreachable" => Help {
            why: &[
                "El host está apagado, o hay un cortafuegos entre él y el proxy.",
                "El proxy puede no resolver el nombre del host: se resuelve en el otro extremo.",
            ],
            advice: &[
                "Revisar «Host SMTP» y consultar el nombre en la máquina del proxy.",
                "Probar el puerto desde la máquina del proxy.",
            ],
        },
        "tunnel_refused.refused" => Help {
            why: &["Visto desde la red del proxy, ningún servicio escucha en ese puerto del host."],
            advice: &[
                "Revisar «Host SMTP» y «Puerto».",
                "Ver si el servicio de correo está activo y acepta conexiones desde la dirección del proxy.",
            ],
        },
        "tunnel_refused.ttl_expired" => Help {
            why: &["El camino del proxy al servidor está cortado o da vueltas."],
            advice: &["Revisar la ruta de la máquina del proxy al servidor y probar de nuevo."],
        },
        "tunnel_refused.general" => Help {
            why: &[
                "El proxy informa de un fallo general: es frecuente que el nombre del host no se resuelva en su extremo, o que el puerto esté bloqueado ahí.",
            ],
            advice: &[
                "Consultar el registro del proxy en ese instante.",
                "Revisar «Host SMTP» y «Puerto» y probar el puerto desde la máquina del proxy.",
            ],
        },
        "tunnel_refused.unsupported" => Help {
            why: &["El proxy puede no resolver nombres, o no usar direcciones IPv6."],
            advice: &[
                "Indicar en «Host SMTP» la dirección IPv4 del servidor o un nombre que tenga una. Con una dirección, el certificado debe contenerla.",
                "Si no basta, usar otro conector.",
            ],
        },
        "tunnel_refused.http" => Help {
            why: &[
                "403 y 405: las reglas del proxy no permiten ese puerto con CONNECT; a menudo solo se permite el 443.",
                "502, 503 y 504: el proxy no llega al servidor o no resuelve su nombre.",
            ],
            advice: &[
                "Pedir al administrador del proxy que permita CONNECT a ese host y ese puerto.",
                "Revisar «Host SMTP» y «Puerto» y consultar el registro del proxy en ese instante.",
            ],
        },
        "tunnel_protocol" => Help {
            why: &[
                "El tipo o el puerto del conector es incorrecto: SOCKS5 suele usar el 1080; HTTP CONNECT, el 3128 o el 8080.",
                "El proxy puede cerrar la conexión a clientes cuya dirección no conoce.",
            ],
            advice: &[
                "Revisar tipo, host y puerto en la configuración del conector y usar la prueba que hay ahí.",
                "Ver en el registro del proxy si admite esta máquina.",
            ],
        },
        "connector_disabled" => Help {
            why: &["La cuenta usa un conector de red que alguien desactivó."],
            advice: &[
                "Activar el conector, o elegir otro en la configuración de la cuenta.",
                "Si se puede llegar directamente al servidor, poner «Usar conector de red» en No.",
            ],
        },
        "tunnel_ok" => Help {
            why: &[],
            advice: &["No hay nada que hacer. Para probar el camino que hay detrás, probar una cuenta que lo use."],
        },
        _ => return None,
    })
}
