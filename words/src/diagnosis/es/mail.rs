//! Spanish: causes and remedies of senders, recipients and messages.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "sender_refused" => Help {
            why: &[
                "Este inicio de sesión no puede enviar con esa dirección, o la dirección no existe ahí.",
                "El dominio del remitente puede ser desconocido o estar bloqueado.",
            ],
            advice: &[
                "Indicar en «Correo de retorno» una dirección que pertenezca a la credencial.",
                "Leer la respuesta del servidor y preguntar al proveedor qué remitentes se permiten con esta credencial.",
            ],
        },
        "sender_not_owned" => Help {
            why: &["«Correo de retorno» (Return-Path) contiene otra dirección, no la del buzón que inicia sesión."],
            advice: &[
                "Indicar la dirección del propio buzón en «Correo de retorno» y, si también se rechaza, en «Correo del remitente».",
                "O pedir al administrador del servidor que permita ese remitente con esta credencial.",
            ],
        },
        "sender_domain_unknown" => Help {
            why: &[
                "El dominio se escribió mal, o no tiene registro MX ni A.",
                "La resolución de nombres del propio servidor puede estar fallando.",
            ],
            advice: &["Corregir la dirección en «Correo de retorno», o crear los registros DNS de su dominio."],
        },
        "send_as_denied" => Help {
            why: &["«Correo del remitente» o «Correo de retorno» no es una dirección del buzón que inicia sesión."],
            advice: &[
                "Indicar la dirección del propio buzón en los dos campos.",
                "O conceder «Enviar como» en el Centro de administración de Exchange: el otro buzón, Delegación, «Enviar como». Puede tardar una hora.",
            ],
        },
        "o365_sender_blocked" => Help {
            why: &[
                "Salió tanto correo, o de tal tipo, que Microsoft lo tomó por spam; alguien puede haber entrado en el buzón.",
            ],
            advice: &[
                "Primero cambiar la contraseña del buzón y averiguar quién envió qué.",
                "Después desbloquearlo en el portal de Microsoft Defender, en «Entidades restringidas».",
            ],
        },
        "o365_unregistered_domain" => Help {
            why: &[
                "El dominio de «Correo del remitente» o de «Correo de retorno» no está entre los dominios aceptados de la organización.",
            ],
            advice: &[
                "Añadir y verificar el dominio en el Centro de administración de Microsoft 365, en Configuración, Dominios.",
                "O indicar una dirección de un dominio registrado.",
            ],
        },
        "o365_attribution" => Help {
            why: &[
                "El conector de entrada nombra otra dirección IP u otro certificado, no los que esta máquina tiene ahora.",
            ],
            advice: &[
                "Comparar la IP pública de esta máquina con el conector de entrada en el Centro de administración de Exchange, en Flujo de correo, Conectores, y corregirlo ahí.",
            ],
        },
        "o365_tenant_blocked" => Help {
            why: &[
                "La organización superó un límite, está en periodo de prueba, o fue restringida después de un tráfico inusual.",
            ],
            advice: &[
                "El administrador de la organización tiene que abrir un caso de soporte con Microsoft; esperar no suele servir.",
                "Mientras tanto, enviar por otra cuenta.",
            ],
        },
        "o365_address_banned" => Help {
            why: &["Desde esa dirección, o desde sus vecinas, se ha enviado spam."],
            advice: &[
                "Pedir la baja en https://sender.office.com.",
                "Mientras tanto, enviar por un proveedor con autenticación.",
            ],
        },
        "o365_quota" => Help {
            why: &["Un buzón puede llegar a 10.000 destinatarios al día y enviar 30 mensajes por minuto."],
            advice: &[
                "Esperar: el límite cuenta las últimas 24 horas. Las notificaciones se reintentan automáticamente.",
                "Repartir los envíos entre varias cuentas, o usar un servicio de envío masivo.",
            ],
        },
        "o365_concurrency" => Help {
            why: &["Varios programas envían con este buzón a la vez, o uno de ellos abre demasiadas conexiones."],
            advice: &[
                "Esperar un minuto. Las notificaciones se reintentan automáticamente.",
                "Reducir las conexiones simultáneas, o dar a cada programa un buzón propio.",
            ],
        },
        "exchange_relay_denied" => Help {
            why: &[
                "«Usar autenticación» está en No.",
                "El conector de recepción no permite el reenvío a la dirección IP de esta máquina.",
            ],
            advice: &[
                "Poner «Usar autenticación» en Sí y elegir una credencial.",
                "O pedir al administrador de Exchange un conector de recepción que permita el reenvío a esta máquina.",
            ],
        },
        "gmail_relay_denied" => Help {
            why: &[
                "La IP de esta máquina no está registrada ahí, o el dominio del remitente no es de la organización.",
                "El nombre en EHLO puede no pertenecer a ningún dominio de la organización.",
            ],
            advice: &[
                "En la consola de administración de Google, abrir Aplicaciones, Google Workspace, Gmail, Enrutamiento, «Servicio de retransmisión SMTP», y añadir la IP pública de esta máquina.",
                "O poner «Usar autenticación» en Sí, con una contraseña de aplicación, y pedir al operador que ponga en --ehlo-name un nombre del dominio de la organización.",
            ],
        },
        "gmail_daily_limit" => Help {
            why: &["Google permite unos 500 al día en Gmail y 2.000 en cuentas Workspace."],
            advice: &[
                "Esperar hasta 24 horas; otras cuentas pueden enviar mientras tanto.",
                "Para más correo, usar el relay SMTP de Google Workspace o un servicio de envío masivo.",
            ],
        },
        "ses_identity_unverified" => Help {
            why: &[
                "Las direcciones en «Correo del remitente» y «Correo de retorno», o sus dominios, tienen que verificarse en esta región.",
                "Mientras la cuenta está en el sandbox, cada destinatario también tiene que verificarse.",
            ],
            advice: &[
                "En la consola de SES, en la región de «Host SMTP», verificar la dirección, o mejor el dominio, en «Identities».",
                "Para llegar a cualquier destinatario, pedir acceso de producción en la consola de SES.",
            ],
        },
        "ses_not_authorized" => Help {
            why: &[
                "Su usuario de IAM no tiene una política con ses:SendRawEmail, o tiene una limitada a otros remitentes o regiones.",
            ],
            advice: &[
                "En IAM, permitir ses:SendRawEmail a ese usuario para la identidad del remitente, o crear credenciales SMTP nuevas en la consola de SES.",
            ],
        },
        "ses_rate" => Help {
            why: &["Se alcanzó la tasa máxima de envío de la cuenta; en el sandbox es baja."],
            advice: &[
                "Por ahora no hay nada que hacer: las notificaciones se reintentan automáticamente.",
                "Fijar un límite menor para la cuenta, o pedir a AWS una tasa mayor.",
            ],
        },
        "sendgrid_credits" => Help {
            why: &["Se gastó el número de mensajes del plan para este día o mes."],
            advice: &["Esperar a que se renueven los créditos, o elegir un plan mayor."],
        },
        "sendgrid_sender_unverified" => Help {
            why: &["«Correo del remitente» no es un remitente verificado ni está en un dominio autenticado."],
            advice: &[
                "En SendGrid, abrir Settings, «Sender Authentication», y verificar la dirección o el dominio.",
                "O indicar una dirección verificada en «Correo del remitente».",
            ],
        },
        "recipient_refused" => Help {
            why: &[
                "La dirección no existe ahí, o el servidor no entrega en ese dominio para este cliente.",
                "Una regla del servidor del destinatario puede rechazar al remitente.",
            ],
            advice: &[
                "Revisar la dirección del destinatario. Después leer la respuesta del servidor.",
                "Si el destinatario está en otro dominio que el del servidor, poner «Usar autenticación» en Sí.",
            ],
        },
        "recipient_unknown" => Help {
            why: &["La dirección se escribió mal, o el buzón se eliminó."],
            advice: &["Revisar la dirección del destinatario. La cuenta en sí funciona hasta este paso."],
        },
        "o365_recipient_unknown" => Help {
            why: &[
                "La dirección se escribió mal, o su dominio está alojado en un sitio distinto del que el servidor supone.",
            ],
            advice: &[
                "Revisar la dirección con el administrador del destinatario. La cuenta en sí funciona hasta este paso.",
            ],
        },
        "recipient_throttled" => Help {
            why: &["Muchos mensajes llegaron a este buzón en poco tiempo, o está cerrado temporalmente."],
            advice: &[
                "Esperar. Las notificaciones se reintentan automáticamente.",
                "Enviar menos mensajes a ese destinatario, por ejemplo un resumen en lugar de muchos.",
            ],
        },
        "server_full" => Help {
            why: &["Su disco está lleno, o reserva lo último para el correo que ya tiene."],
            advice: &[
                "Espere: el mensaje se acepta en cuanto vuelva a haber espacio.",
                "Si continúa, avise al administrador del servidor de que su almacenamiento de correo está lleno.",
            ],
        },
        "mailbox_full" => Help {
            why: &["El espacio del destinatario se agotó."],
            advice: &["Pedir al destinatario que libere espacio, o usar otra dirección."],
        },
        "relay_denied" => Help {
            why: &[
                "«Usar autenticación» está en No, o en este puerto no se inició sesión.",
                "El servidor reenvía sin inicio de sesión solo para las direcciones IP que conoce.",
            ],
            advice: &[
                "Poner «Usar autenticación» en Sí y elegir una credencial, en el puerto 587 o 465.",
                "O pedir al administrador del servidor que permita el reenvío a la dirección IP de esta máquina.",
            ],
        },
        "greylisted" => Help {
            why: &["Es una protección contra el spam: el mismo mensaje se acepta después de unos minutos."],
            advice: &[
                "No hay nada que hacer: las notificaciones se reintentan automáticamente. Repetir una prueba después de 5 a 15 minutos.",
            ],
        },
        "too_many_recipients" => Help {
            why: &["El servidor limita los destinatarios de un mensaje, a menudo a 100."],
            advice: &["Repartir los destinatarios en varios mensajes, o usar una lista de distribución."],
        },
        "sending_reputation" => Help {
            why: &[
                "Llegó mucho más correo de lo habitual desde esta dirección IP o este dominio.",
                "Los destinatarios marcaron mensajes como spam.",
            ],
            advice: &[
                "Enviar menos y de forma más regular, y esperar al menos cuatro horas hasta el siguiente intento.",
                "Quitar las direcciones que devuelven o se quejan y revisar SPF, DKIM y DMARC del dominio del remitente.",
            ],
        },
        "unauthenticated_mail" => Help {
            why: &[
                "El registro SPF del dominio no incluye este servidor, y no hay una firma DKIM válida.",
                "El dominio de «Correo del remitente» difiere del que verificó SPF o DKIM.",
            ],
            advice: &[
                "En el DNS del dominio del remitente, incluir el servidor de envío en SPF y activar DKIM en el proveedor.",
                "Usar el mismo dominio en «Correo del remitente» y «Correo de retorno».",
            ],
        },
        "spf_or_dkim_failed" => Help {
            why: &[
                "El registro SPF del dominio no incluye el servidor de envío.",
                "La clave DKIM falta en el DNS, o no concuerda con la firma.",
            ],
            advice: &[
                "Comparar el registro SPF del dominio con las instrucciones del proveedor.",
                "Revisar el selector DKIM en el DNS y pedir que se publique de nuevo la clave si cambió.",
            ],
        },
        "dmarc_failed" => Help {
            why: &[
                "Ni SPF ni DKIM verificó el dominio de «Correo del remitente».",
                "Un tercer servidor envía por este dominio sin constar en su DNS.",
            ],
            advice: &[
                "Incluir el servidor de envío en SPF o activar DKIM, para el dominio de «Correo del remitente».",
                "Usar el mismo dominio en «Correo de retorno».",
            ],
        },
        "from_header_invalid" => Help {
            why: &["«Correo del remitente» está vacío, o no es una dirección válida."],
            advice: &["Corregir «Correo del remitente»: una dirección completa, como alertas@example.com."],
        },
        "bare_line_feed" => Help {
            why: &["Un programa que entregó el mensaje, o un equipo en el camino, cambió los fines de línea."],
            advice: &[
                "Probar con un mensaje escrito en la ventana de prueba. Si pasa, pedir que se corrija el programa que creó el mensaje.",
                "Si no, mostrar la transcripción a quien opera los equipos en el camino.",
            ],
        },
        "smtputf8_not_offered" => Help {
            why: &["Esas direcciones necesitan SMTPUTF8, y el servidor no lo ofrece."],
            advice: &[
                "Usar una dirección con letras ASCII antes de la @.",
                "O enviar por un servidor que ofrezca SMTPUTF8.",
            ],
        },
        "message_too_large" => Help {
            why: &[
                "Los adjuntos crecen un tercio al codificarse para el correo.",
                "El servidor del destinatario puede tener un límite menor que el primero.",
            ],
            advice: &[
                "Enviar un mensaje más pequeño, o un enlace en lugar del adjunto.",
                "Pedir al administrador del servidor un límite mayor.",
            ],
        },
        "data_refused" => Help {
            why: &[
                "Rechaza el mensaje por una regla o un límite que comprueba solo ahora.",
                "Puede que ningún destinatario fuera válido.",
            ],
            advice: &["Leer la respuesta del servidor y mostrarla a su administrador."],
        },
        "message_refused" => Help {
            why: &[
                "Un filtro lo tomó por spam, o incumple una regla sobre remitente, enlaces o adjuntos.",
                "El dominio del remitente puede fallar en SPF, DKIM o DMARC.",
            ],
            advice: &[
                "Leer la respuesta del servidor: suele nombrar la regla.",
                "Probar con un texto simple y corto. Si pasa, el motivo es el contenido; si no, es el remitente.",
            ],
        },
        "no_confirmation" => Help {
            why: &[
                "El servidor todavía comprobaba el mensaje, por ejemplo en busca de virus.",
                "La conexión se perdió en el último momento.",
            ],
            advice: &[
                "Consultar el buzón del destinatario y el registro del servidor antes de reenviar: un nuevo intento puede llegar dos veces.",
                "Si ocurre a menudo, preguntar al administrador del servidor por qué tarda tanto.",
            ],
        },
        _ => return None,
    })
}
