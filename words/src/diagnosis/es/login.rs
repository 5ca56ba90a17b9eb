//! Spanish: causes and remedies of logging in.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "secret_missing" => Help {
            why: &[
                "Host, puerto, protección o conector cambió después de escribir la contraseña: una contraseña guardada nunca se envía a un lugar nuevo sin pedirlo.",
                "La credencial puede no haberse usado nunca con este servidor.",
            ],
            advice: &[
                "Abrir la configuración de la cuenta (o del conector), escribir de nuevo la contraseña de la credencial y guardar.",
            ],
        },
        "secret_again" => Help {
            why: &[
                "Host, puerto, protección o conector cambió: una contraseña guardada nunca se envía a un lugar nuevo sin pedirlo.",
            ],
            advice: &["Escribir la contraseña en la ventana de configuración y después probar o guardar de nuevo."],
        },
        "secret_needed" => Help {
            why: &["La credencial no se ha usado antes con este servidor y esta configuración."],
            advice: &["Escribir la contraseña en la ventana de configuración y después probar o guardar de nuevo."],
        },
        "auth_not_offered" => Help {
            why: &[
                "Se ofrece solo después del cifrado, o solo en los puertos de envío 465 y 587.",
                "El servidor puede ser un relay que admite clientes por su dirección IP.",
            ],
            advice: &[
                "Poner «¿Usar conexión segura?» en Sí, con TLS en el puerto 587 o SSL en el puerto 465.",
                "Si el servidor no necesita inicio de sesión, poner «Usar autenticación» en No.",
            ],
        },
        "auth_no_mechanism" => Help {
            why: &[
                "El servidor no permite PLAIN ni LOGIN: quiere OAuth, NTLM u otro mecanismo.",
                "PLAIN y LOGIN pueden estar ocultos hasta que la conexión se cifre.",
            ],
            advice: &[
                "Poner «¿Usar conexión segura?» en Sí, si está en No.",
                "Pedir al administrador del servidor que permita PLAIN o LOGIN sobre TLS, o un relay que admita la dirección IP de esta máquina.",
                "Si ofrece XOAUTH2 u OAUTHBEARER, elegir una credencial que inicie sesión con OAuth.",
            ],
        },
        "auth_mechanism_disabled" => Help {
            why: &[
                "En Exchange, la autenticación básica está desactivada en el conector de recepción, o se permite solo después de TLS.",
            ],
            advice: &[
                "Poner «¿Usar conexión segura?» en Sí.",
                "Pedir al administrador de Exchange que permita la autenticación básica después de TLS en ese conector de recepción.",
            ],
        },
        "auth_only_after_tls" => Help {
            why: &[
                "Lo permite solo después del cifrado, o no en el puerto 25.",
                "La autenticación puede estar desactivada en este servidor.",
            ],
            advice: &[
                "Usar el puerto 587 con TLS o el 465 con SSL.",
                "Si el servidor no necesita inicio de sesión, poner «Usar autenticación» en No.",
            ],
        },
        "auth_refused" => Help {
            why: &[
                "La contraseña se escribió mal, caducó o se cambió.",
                "El usuario tiene otra forma: muchos servidores quieren la dirección de correo completa.",
                "El proveedor puede exigir una contraseña de aplicación, o tener desactivada esta forma de inicio de sesión.",
            ],
            advice: &[
                "Escribir de nuevo la contraseña en la credencial. Probar la dirección de correo completa como usuario.",
                "Entrar en la página del proveedor con los mismos datos y buscar ahí contraseñas de aplicación y «SMTP» entre los permisos.",
            ],
        },
        "auth_temporary" => Help {
            why: &[
                "El servicio de inicio de sesión del servidor está caído o sobrecargado.",
                "En Amazon SES, el host puede ser de una región y la credencial, de otra.",
            ],
            advice: &[
                "Esperar unos minutos y probar de nuevo. Las notificaciones se reintentan automáticamente.",
                "Si persiste, avisar al administrador del servidor.",
            ],
        },
        "auth_too_many_attempts" => Help {
            why: &[
                "Algún programa intenta entrar una y otra vez con una contraseña antigua.",
                "Demasiados mensajes pueden abrir una sesión cada uno.",
            ],
            advice: &[
                "Detener los programas que usan la contraseña antigua y esperar el fin del bloqueo (de minutos a una hora, por lo general).",
                "Después escribir la contraseña correcta y probar una sola vez.",
            ],
        },
        "authentication_required" => Help {
            why: &[
                "«Usar autenticación» está en No.",
                "El servidor admite algunas direcciones IP sin inicio de sesión, y la de esta máquina no está entre ellas.",
            ],
            advice: &[
                "Poner «Usar autenticación» en Sí y elegir una credencial.",
                "Si no debería hacer falta, pedir al administrador del servidor que admita la dirección IP de esta máquina.",
            ],
        },
        "sender_login_required" => Help {
            why: &["«Usar autenticación» está en No, o en este puerto no se inicia sesión."],
            advice: &["Poner «Usar autenticación» en Sí y elegir la credencial que pertenece a este remitente."],
        },
        "smtp_auth_disabled" => Help {
            why: &["«SMTP autenticado» está desactivado, como es habitual en organizaciones nuevas."],
            advice: &[
                "En el Centro de administración de Microsoft 365, abrir el usuario, después Correo, después «Administrar aplicaciones de correo electrónico», y marcar «SMTP autenticado».",
                "Si se sigue rechazando, está desactivado en toda la organización: ver https://aka.ms/smtp_auth_disabled. El cambio puede tardar una hora.",
            ],
        },
        "basic_auth_retired" => Help {
            why: &["La autenticación básica se retiró de este servicio, o se desactivó en esta organización."],
            advice: &[
                "Iniciar sesión con OAuth: dar a la cuenta una credencial del tipo «Microsoft 365 (client credentials)».",
                "O enviar por un conector de entrada de Microsoft 365 que admita la dirección IP de esta máquina, o por otro proveedor.",
                "Preguntar al administrador de Microsoft 365 si la autenticación básica para SMTP todavía se puede permitir a este buzón.",
            ],
        },
        "security_defaults" => Help {
            why: &[
                "Los valores predeterminados de seguridad o una regla de acceso condicional bloquean los inicios de sesión solo con usuario y contraseña.",
                "Puede exigirse la autenticación multifactor a este usuario.",
            ],
            advice: &[
                "Hablar con el administrador de Microsoft Entra: su registro de inicios de sesión nombra la regla. Excluir este buzón en el acceso condicional; para ello, los valores predeterminados de seguridad deben estar desactivados.",
                "O enviar por un conector que admita la dirección IP de esta máquina sin inicio de sesión.",
            ],
        },
        "exchange_login_refused" => Help {
            why: &[
                "El usuario o la contraseña es incorrecto.",
                "«SMTP autenticado» puede estar desactivado en el buzón, o la autenticación multifactor, activada.",
            ],
            advice: &[
                "Usar la dirección completa del buzón como usuario y escribir de nuevo la contraseña.",
                "Después pedir al administrador que revise «SMTP autenticado» del buzón y su entrada en el registro de inicios de sesión de Entra.",
            ],
        },
        "o365_not_authenticated" => Help {
            why: &[
                "«Usar autenticación» está en No, y este host (por lo general, smtp.office365.com) es para clientes que inician sesión.",
            ],
            advice: &[
                "Poner «Usar autenticación» en Sí y elegir la credencial del buzón.",
                "Para enviar sin inicio de sesión, usar el host MX de la organización en el puerto 25 y un conector de entrada para la dirección IP de esta máquina.",
            ],
        },
        "app_password_required" => Help {
            why: &["La verificación en dos pasos está activa, y se usó la contraseña habitual."],
            advice: &[
                "Crear una contraseña de aplicación en https://myaccount.google.com/apppasswords y ponerla como contraseña de la credencial, sin espacios.",
                "Si no se ofrece esa página, el administrador de la organización desactivó las contraseñas de aplicación.",
            ],
        },
        "web_login_required" => Help {
            why: &["A Google este acceso le resulta inusual: un lugar nuevo, o mucho tiempo sin uso."],
            advice: &[
                "Entrar en https://mail.google.com con esta cuenta y confirmar que el acceso es legítimo.",
                "Después crear una contraseña de aplicación en https://myaccount.google.com/apppasswords y usarla como contraseña de la credencial.",
            ],
        },
        "gmail_password_refused" => Help {
            why: &[
                "Se usó la contraseña habitual de la cuenta: aquí Google acepta solo una contraseña de aplicación.",
                "El usuario no es la dirección completa, o la contraseña de aplicación se revocó; eso ocurre siempre que cambia la contraseña de la cuenta.",
            ],
            advice: &[
                "Crear una contraseña de aplicación en https://myaccount.google.com/apppasswords (exige la verificación en dos pasos) y ponerla como contraseña de la credencial, sin espacios.",
                "Usar la dirección de correo completa como usuario.",
            ],
        },
        "ses_credentials" => Help {
            why: &[
                "Son claves de acceso de IAM: SES quiere credenciales SMTP, cuya contraseña es otra.",
                "Son de otra región, no de la del host.",
            ],
            advice: &[
                "En la consola de SES, en la región de «Host SMTP», abrir «SMTP settings», crear credenciales SMTP y poner los dos valores en la credencial.",
            ],
        },
        "ses_not_enabled" => Help {
            why: &["SES no se ha activado para la cuenta, o «Host SMTP» indica otra región."],
            advice: &["Abrir la consola de SES en la región de «Host SMTP» y terminar la activación."],
        },
        "sendgrid_user_apikey" => Help {
            why: &[
                "El usuario tiene que ser exactamente la palabra apikey, y la contraseña, la propia clave de API.",
                "La clave de API puede haberse borrado, o no tener el permiso «Mail Send».",
            ],
            advice: &[
                "Poner en la credencial el usuario apikey y, como contraseña, la clave de API, que comienza con SG.",
                "Si se sigue rechazando, crear una clave nueva en SendGrid, en Settings, «API Keys».",
            ],
        },
        "brevo_smtp_key" => Help {
            why: &["Se usó la contraseña de la cuenta: Brevo quiere una clave SMTP."],
            advice: &[
                "En Brevo, abrir «SMTP y API», crear una clave SMTP y ponerla como contraseña de la credencial. El login que se muestra ahí es el usuario.",
            ],
        },
        "brevo_address" => Help {
            why: &["La cuenta acepta solo direcciones IP autorizadas; Brevo lo pide así."],
            advice: &[
                "Añadir la IP pública de esta máquina a las autorizadas, en la configuración de seguridad del proveedor.",
            ],
        },
        "yahoo_app_password" => Help {
            why: &["Se usó la contraseña habitual de la cuenta: Yahoo y AOL quieren una contraseña de aplicación."],
            advice: &[
                "Crear una contraseña de aplicación en la configuración de seguridad de la cuenta y ponerla como contraseña de la credencial.",
                "Si se sigue rechazando, esperar unas horas sin intentos: el bloqueo termina solo.",
            ],
        },
        _ => return None,
    })
}
