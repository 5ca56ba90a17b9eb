//! Español: causas y remedios de los tokens de acceso: los que no se emiten y los que un servidor de correo rechaza.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "token_client_secret" => Help {
            why: &["Caducó, o se puso el identificador del secreto en lugar de su valor."],
            advice: &[
                "En el Centro de administración de Entra, en «Registros de aplicaciones», «Certificados y secretos», crear un secreto de cliente nuevo y poner su valor.",
                "Anotar el día en que caduca.",
            ],
        },
        "token_unknown_app" => Help {
            why: &[
                "El identificador del cliente o del inquilino se escribió mal, o la aplicación está registrada en otra organización.",
            ],
            advice: &[
                "Copiar de nuevo el identificador de aplicación (cliente) y el de directorio (inquilino) desde la información general de la aplicación, en el Centro de administración de Entra.",
            ],
        },
        "token_consent" => Help {
            why: &["Un administrador de la organización tiene que dar su consentimiento, y aún no lo ha dado."],
            advice: &[
                "En el Centro de administración de Entra, abrir la aplicación, «Permisos de API», y pedir a un administrador que conceda el consentimiento.",
            ],
        },
        "token_revoked" => Help {
            why: &[
                "Alguien lo revocó, la contraseña de la cuenta cambió, o pasó mucho tiempo sin uso.",
                "En Google, los permisos terminan a los siete días mientras la pantalla de consentimiento está en pruebas.",
            ],
            advice: &[
                "Autorizar la cuenta de nuevo.",
                "En Google, publicar la pantalla de consentimiento de la aplicación.",
            ],
        },
        "oauth_token_refused" => Help {
            why: &[
                "El token se emitió para otro servicio o alcance.",
                "El usuario no es el buzón para el que se emitió el token.",
            ],
            advice: &[
                "Indicar la dirección del buzón como usuario y ver que el alcance de la credencial sea el de SMTP: también se rechazó un token recién emitido. En Gmail, el alcance es https://mail.google.com/.",
            ],
        },
        "auth_no_mechanism.oauth" => Help {
            why: &[
                "El servidor no acepta ni XOAUTH2 ni OAUTHBEARER.",
                "Ambos pueden estar ocultos hasta que la conexión se cifre.",
            ],
            advice: &[
                "Comprobar «Host SMTP»: con OAuth es smtp.office365.com en Microsoft 365, smtp.gmail.com en Gmail.",
                "Poner «¿Usar conexión segura?» en Sí, si está en No.",
                "Si no, elegir una credencial con usuario y contraseña.",
            ],
        },
        "oauth_mailbox_denied" => Help {
            why: &[
                "La entidad de servicio de la aplicación no está registrada en Exchange Online, o no tiene derecho a este buzón.",
                "El token es para otro alcance, o «SMTP autenticado» está desactivado para el buzón.",
            ],
            advice: &[
                "En el PowerShell de Exchange Online, registrar la entidad de servicio (New-ServicePrincipal) y darle el buzón (Add-MailboxPermission).",
                "Dar a la aplicación el permiso SMTP.SendAsApp; el alcance es https://outlook.office365.com/.default.",
                "Ver que «SMTP autenticado» esté activado para el buzón, y que el usuario sea su dirección.",
            ],
        },
        "token_refused" => Help {
            why: &[
                "El identificador de cliente, el secreto u otro dato de la credencial es incorrecto, o a la aplicación le falta un permiso.",
            ],
            advice: &[
                "Leer la respuesta del propio emisor: nombra el motivo.",
                "Comparar la credencial con lo que el proveedor muestra de la aplicación, y poner su secreto de nuevo.",
            ],
        },
        "token_temporary" => Help {
            why: &[
                "El servicio de inicio de sesión del proveedor está averiado o sobrecargado, o se le preguntó demasiado.",
            ],
            advice: &[
                "Esperar unos minutos y probar de nuevo. Las notificaciones se reintentan automáticamente.",
                "Si persiste, mirar la página de estado del proveedor.",
            ],
        },
        "token_unreachable" => Help {
            why: &[
                "Puede haber un cortafuegos delante: los tokens se piden directamente, aunque la cuenta use un conector.",
            ],
            advice: &[
                "Permitir que esta máquina se conecte al host del emisor en el puerto 443.",
                "Comprobar la dirección del emisor, si la credencial la indica.",
            ],
        },
        "token_timeout" => Help {
            why: &[
                "El servicio de inicio de sesión del proveedor va lento, o un cortafuegos descarta lo que esta máquina le envía.",
            ],
            advice: &[
                "Probar de nuevo. Si persiste, ver que esta máquina pueda conectarse al host del emisor en el puerto 443.",
            ],
        },
        "token_certificate" => Help {
            why: &[
                "Algo en el camino, como un proxy que inspecciona HTTPS, muestra un certificado propio.",
                "La dirección del emisor puede ser incorrecta.",
            ],
            advice: &[
                "Si un proxy inspecciona HTTPS aquí, pedir al operador que confíe en su autoridad con --ca-file.",
                "Si no, comprobar la dirección del emisor y averiguar quién responde allí.",
            ],
        },
        "token_protocol" => Help {
            why: &["La dirección no es la de un emisor de tokens, o un proxy o portal responde en su lugar."],
            advice: &[
                "Comprobar la dirección del emisor y el identificador del inquilino en la credencial.",
                "Abrir la dirección desde la red de esta máquina y ver quién responde.",
            ],
        },
        "token_key" => Help {
            why: &[
                "Falta su primera o última línea, está protegida con contraseña, o no es una clave RSA en forma PKCS#8.",
            ],
            advice: &["Poner de nuevo el archivo JSON de la cuenta de servicio, entero y sin cambios."],
        },
        "token_assertion" => Help {
            why: &[
                "El buzón no existe en este Google Workspace, o la dirección de la cuenta de servicio está mal escrita.",
                "El reloj de esta máquina es incorrecto, o la clave se eliminó en Google.",
            ],
            advice: &[
                "Comprobar el buzón y la dirección de la cuenta de servicio en la credencial.",
                "Hacer que el reloj de esta máquina se ajuste por la red (NTP).",
                "Si no, crear una clave nueva para la cuenta de servicio y ponerla.",
            ],
        },
        "token_client_refused" => Help {
            why: &[
                "El identificador o el secreto de cliente está mal escrito, caducó o se eliminó.",
                "La aplicación necesita un secreto de cliente, y la credencial no lo tiene.",
            ],
            advice: &[
                "Copiar de nuevo el identificador de cliente del registro de la aplicación, y poner de nuevo su secreto de cliente.",
            ],
        },
        "token_grant_refused" => Help {
            why: &[
                "En Google Workspace: la cuenta de servicio no tiene delegación de todo el dominio para este alcance.",
                "La aplicación está registrada para otra forma de inicio de sesión.",
            ],
            advice: &[
                "En la consola de administración de Google, «Controles de API», «Delegación de todo el dominio», añadir el identificador de cliente de la cuenta de servicio con el alcance https://mail.google.com/.",
                "En otro proveedor, permitir esta concesión en el registro de la aplicación.",
            ],
        },
        "token_scope" => Help {
            why: &["El alcance está mal escrito, o la aplicación no puede pedirlo."],
            advice: &[
                "En Microsoft 365 con credenciales de cliente, el alcance es https://outlook.office365.com/.default; en Gmail, es https://mail.google.com/.",
            ],
        },
        _ => return None,
    })
}
