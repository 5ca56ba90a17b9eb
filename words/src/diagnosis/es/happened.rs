//! Spanish: what happened, one template for each code.

pub(in crate::diagnosis) fn happened(code: &str) -> Option<&'static str> {
    Some(match code {
        "host_not_found" => "El nombre [{0} ]no existe o no tiene dirección.",
        "resolver_failed" => "El servidor de nombres no respondió[ sobre {0}].",
        "connection_refused" => "Ningún servicio responde ahí[ ({all})]: la conexión fue rechazada.",
        "connect_timeout" => "No hubo respuesta al intento de conexión[ ({all})].",
        "unreachable" => "No hay ruta hasta el servidor[ ({all})].",
        "no_mail_server" => "Ningún servidor de correo respondió allí a tiempo.",
        "connection_reset" => "El otro lado cortó la conexión en mitad de la sesión.",
        "connection_closed" => "El otro lado cerró la conexión cuando debía responder.",
        "destination_forbidden" => {
            "El operador de este Postroom no permite conexiones a [{0}, en ]esta dirección o puerto."
        }
        "closed_before_greeting" => "El servidor aceptó la conexión y la cerró antes de su saludo.",
        "port_25_blocked" => "No hubo respuesta en el puerto 25[ ({all})].",
        "egress_blocked" => "No hubo respuesta en este puerto[ ({all})].",
        "tunnel_unreachable" => "No fue posible llegar al conector[ {0}]. No se consultó al servidor SMTP.",
        "tunnel_timeout" => "El conector[ {0}] no respondió a tiempo. No se consultó al servidor SMTP.",
        "tunnel_wants_credentials" => "El conector[ {0}] pide usuario y contraseña.",
        "tunnel_credentials_refused" => {
            "El conector[ {0}] rechazó su usuario o su contraseña. La credencial de la propia cuenta no se envió."
        }
        "tunnel_credentials_refused.length" => {
            "La credencial del conector[ {0}] no se puede enviar: SOCKS5 admite de 1 a 255 bytes de usuario y otros tantos de contraseña."
        }
        "tunnel_credentials_refused.colon" => {
            "La credencial del conector[ {0}] no se puede enviar: la autenticación Basic no admite dos puntos en el usuario."
        }
        "tunnel_refused" => "El conector[ {0}] funciona, pero no abrió camino hasta el servidor SMTP[ ({1})].",
        "tunnel_refused.rules" => {
            "El conector[ {0}] funciona, pero sus reglas no permiten este servidor SMTP y este puerto."
        }
        "tunnel_refused.network_unreachable" => {
            "El conector[ {0}] funciona, pero desde ahí no se llega a la red del servidor SMTP."
        }
        "tunnel_refused.host_unreachable" => "El conector[ {0}] funciona, pero desde ahí no se llega al servidor SMTP.",
        "tunnel_refused.refused" => "El conector[ {0}] funciona, pero el servidor SMTP rechazó su conexión.",
        "tunnel_refused.ttl_expired" => {
            "El conector[ {0}] funciona, pero su conexión con el servidor SMTP agotó el tiempo o el número de saltos."
        }
        "tunnel_refused.general" => "El conector[ {0}] no pudo conectarse al servidor SMTP y no dijo por qué.",
        "tunnel_refused.unsupported" => "El conector[ {0}] no admite este tipo de conexión o de dirección.",
        "tunnel_refused.http" => {
            "El conector[ {0}] funciona, pero rechazó el camino hasta el servidor SMTP[ con el estado HTTP {1}]."
        }
        "tunnel_protocol" => "Lo que responde en el conector[ {0}] no es un conector de este tipo.",
        "connector_disabled" => "El conector[ {0}] está desactivado; por eso no se hizo ninguna conexión.",
        "tunnel_ok" => "El conector responde.",
        "greeting_timeout" => "La conexión se abrió, pero el servidor no dijo nada[ durante {0} segundos].",
        "port_expects_tls" => "El servidor espera cifrado desde el primer byte, y Postroom esperaba su saludo.",
        "not_smtp" => "Lo que responde ahí no es un servidor SMTP[: parece ser {0}].",
        "reply_too_long" => {
            "La respuesta del servidor es más larga que la de cualquier servidor de correo; por eso se cerró la conexión."
        }
        "reply_timeout" => "El servidor no respondió[ durante {0} segundos].",
        "protocol_error" => "La respuesta del servidor no corresponde a lo que se preguntó.",
        "service_refused" => "El servidor se niega a atender a esta máquina, por ahora o siempre.",
        "idle_too_long" => "El servidor cerró la conexión porque no se dijo nada durante demasiado tiempo.",
        "synchronization_error" => "El servidor señala que se envió algo antes de tiempo.",
        "too_many_connections" => "El servidor ya tiene demasiadas conexiones de esta máquina y rechaza una más.",
        "address_blocklisted" => {
            "El servidor rechaza la dirección IP de esta máquina porque está en una lista de bloqueo."
        }
        "reverse_dns_missing" => {
            "El servidor no encontró un nombre para la IP de esta máquina, o encontró uno que no lleva de vuelta a ella."
        }
        "ehlo_refused" => "El servidor rechazó el nombre con el que se presenta Postroom[ ({helo})].",
        "helo_not_fqdn" => "El servidor quiere un nombre de host completo en EHLO[ y recibió {helo}].",
        "helo_bad" => "El servidor considera falso el nombre en EHLO[ ({helo})].",
        "helo_refused_for_now" => "El servidor cerró la sesión después del saludo y pide que se intente más tarde.",
        "deadline" => "La sesión tardó más de [{0} segundos, ]el tiempo permitido en total.",
        "cancelled" => "La prueba se interrumpió antes de terminar.",
        "internal" => "Hubo un problema en la propia máquina de Postroom[ ({all})], no en el servidor de correo.",
        "starttls_not_offered" => "Se exige cifrado, y el servidor no ofrece STARTTLS. No se envió nada.",
        "starttls_stripped" => "Algo en el camino inutilizó STARTTLS. No se envió nada.",
        "starttls_refused" => "El servidor ofreció STARTTLS y después se negó a iniciarlo. No se envió nada.",
        "starttls_server_broken" => "El servidor no puede iniciar TLS por un problema propio. No se envió nada.",
        "injected_before_tls" => "Había datos sin cifrar donde solo puede comenzar el cifrado. No se envió nada.",
        "tls_plaintext_port" => "Postroom comenzó con cifrado desde el inicio, y el servidor respondió en texto plano.",
        "tls_timeout" => "La negociación TLS no terminó[ en {0} segundos].",
        "tls_failed" => "No se pudo acordar un cifrado con el servidor[ ({all})].",
        "tls_too_old" => "El servidor ofrece solo una versión antigua de TLS, y Postroom necesita la 1.2 o la 1.3.",
        "tls_no_common_cipher" => "El servidor y Postroom no tienen ningún método de cifrado en común.",
        "tls_client_certificate" => "El servidor exige un certificado de cliente, y Postroom no presenta ninguno.",
        "certificate_unknown_issuer" => {
            "El certificado del servidor fue emitido por [{0}, ]una autoridad que aquí no es de confianza. No se envió ninguna contraseña."
        }
        "certificate_self_signed" => {
            "El certificado del servidor es autofirmado: ninguna autoridad responde por él. No se envió ninguna contraseña."
        }
        "certificate_self_signed_ca" => {
            "El servidor presenta como suyo el certificado autofirmado de una autoridad. No se envió ninguna contraseña."
        }
        "certificate_expired" => {
            "El certificado del servidor venció[: era válido hasta {0}]. No se envió ninguna contraseña."
        }
        "certificate_not_yet_valid" => {
            "El certificado del servidor todavía no es válido[: comienza en {0}]. No se envió ninguna contraseña."
        }
        "certificate_wrong_name" => {
            "El certificado del servidor es para otros nombres, no para el de «Host SMTP»[: {all}]. No se envió ninguna contraseña."
        }
        "certificate_not_pinned" => {
            "El servidor muestra un certificado distinto del fijado[: {0}; el fijado es {1}]. No se envió ninguna contraseña."
        }
        "certificate_invalid" => {
            "El certificado del servidor no se puede usar[ ({all})]. No se envió ninguna contraseña."
        }
        "certificate_key_too_short" => {
            "El certificado del servidor tiene una clave demasiado corta para ser fiable. No se envió ningún secreto."
        }
        "certificate_signed_with_sha1" => {
            "El certificado del servidor está firmado con SHA-1, que ya no es fiable. No se envió ningún secreto."
        }
        "certificate_outdated_format" => {
            "El certificado del servidor tiene un formato anticuado (anterior a X.509 versión 3). No se envió ningún secreto."
        }
        "certificate_not_for_servers" => {
            "El certificado del servidor no es para servidores. No se envió ningún secreto."
        }
        "certificate_unknown_extension" => {
            "El certificado del servidor exige algo que aquí no se conoce. No se envió ningún secreto."
        }
        "certificate_name_constraint" => {
            "El emisor del certificado del servidor no puede certificar este nombre. No se envió ningún secreto."
        }
        "password_in_clear" => "La contraseña habría viajado sin cifrar; por eso no se envió.",
        "encryption_required" => "El servidor acepta mensajes solo por una conexión cifrada.",
        "secret_missing" => {
            "La contraseña de la credencial no se conoce para este servidor y esta configuración; por eso no se envió nada."
        }
        "secret_again" => {
            "La contraseña de la credencial tiene que escribirse de nuevo para este servidor y esta configuración."
        }
        "secret_needed" => "La contraseña de la credencial todavía no se ha escrito para este servidor.",
        "auth_not_offered" => "La cuenta inicia sesión, y el servidor no ofrece inicio de sesión aquí.",
        "auth_no_mechanism" => "El servidor ofrece solo formas de inicio de sesión que Postroom no tiene[: {0}].",
        "auth_mechanism_disabled" => "El servidor ofrece una forma de inicio de sesión y después no la acepta.",
        "auth_only_after_tls" => "El servidor no acepta el inicio de sesión en esta conexión.",
        "auth_refused" => "El servidor rechazó el usuario o la contraseña.",
        "auth_temporary" => "El servidor no puede comprobar inicios de sesión en este momento.",
        "auth_too_many_attempts" => {
            "El servidor recibió demasiados inicios de sesión de esta cuenta o dirección, y por un tiempo bloquea los siguientes."
        }
        "authentication_required" => "El servidor acepta mensajes solo después de iniciar sesión.",
        "sender_login_required" => {
            "El servidor acepta este remitente del sobre[ ({sender})] solo de un cliente que ha iniciado sesión."
        }
        "smtp_auth_disabled" => "Microsoft 365 no permite iniciar sesión por SMTP a este buzón o a esta organización.",
        "basic_auth_retired" => "Microsoft ya no acepta aquí usuario y contraseña para SMTP: exige OAuth.",
        "security_defaults" => {
            "Microsoft 365 conoce el inicio de sesión, y una regla de seguridad de la organización lo prohíbe."
        }
        "exchange_login_refused" => "Microsoft 365 o Exchange rechazó el inicio de sesión.",
        "o365_not_authenticated" => "Microsoft 365 acepta mensajes en este host solo después de iniciar sesión.",
        "app_password_required" => "Google acepta esta cuenta solo con una contraseña de aplicación.",
        "web_login_required" => "Google quiere que alguien entre antes con un navegador.",
        "gmail_password_refused" => "Google rechazó el usuario y la contraseña.",
        "ses_credentials" => "Amazon SES no conoce este usuario y esta contraseña en esta región.",
        "ses_not_enabled" => "Esta cuenta de AWS no usa Amazon SES en esta región.",
        "sendgrid_user_apikey" => "SendGrid rechazó el usuario o la contraseña.",
        "brevo_smtp_key" => "Brevo rechazó el usuario o la contraseña.",
        "brevo_address" => "El proveedor rechaza inicios de sesión desde la dirección IP de esta máquina.",
        "yahoo_app_password" => "Yahoo rechazó el inicio de sesión, o lo bloqueó después de varios intentos.",
        "token_client_secret" => "Microsoft Entra rechazó el secreto de cliente de la aplicación.",
        "token_unknown_app" => "Microsoft Entra no conoce esta aplicación o esta organización.",
        "token_consent" => "La aplicación todavía no tiene permiso para enviar correo.",
        "token_revoked" => "El permiso guardado para enviar correo ya no es válido.",
        "oauth_token_refused" => "El servidor de correo rechazó el token de acceso.",
        "auth_no_mechanism.oauth" => "El servidor no ofrece inicio de sesión con token de acceso[, solo {0}].",
        "oauth_mailbox_denied" => "Microsoft 365 rechazó el token de acceso para este buzón.",
        "token_refused" => "El emisor de tokens[ {0}] se negó a emitir un token de acceso[: {1}].",
        "token_temporary" => "El emisor de tokens[ {0}] no puede emitir un token de acceso en este momento.",
        "token_unreachable" => {
            "No fue posible llegar al emisor de tokens[ {0}], y sin token de acceso no hay inicio de sesión."
        }
        "token_timeout" => "El emisor de tokens[ {0}] no dio un token de acceso a tiempo[: se esperaron {1} segundos].",
        "token_certificate" => "No hay cifrado de confianza con el emisor de tokens[ {0}]. No se envió ningún secreto.",
        "token_protocol" => "Lo que responde en la dirección del emisor de tokens[ {0}] no emitió un token de acceso.",
        "token_key" => "La clave privada de la cuenta de servicio no sirve para firmar, y no se envió nada.",
        "token_assertion" => "El emisor de tokens[ {0}] rechazó lo que se firmó con la clave de la cuenta de servicio.",
        "token_client_refused" => {
            "El emisor de tokens[ {0}] rechazó el identificador o el secreto de cliente de la aplicación."
        }
        "token_grant_refused" => "El emisor de tokens[ {0}] no da un token a esta aplicación de esta forma.",
        "token_scope" => "El emisor de tokens[ {0}] no emite tokens para este alcance.",
        "sender_refused" => "El servidor rechazó el remitente del sobre[ {sender}].",
        "sender_not_owned" => "Este inicio de sesión no puede enviar con el remitente del sobre[ {sender}].",
        "sender_domain_unknown" => "El servidor no encuentra en el DNS el dominio del remitente del sobre[ {sender}].",
        "send_as_denied" => "Microsoft 365 no deja a este buzón enviar con la dirección de este remitente.",
        "o365_sender_blocked" => "Microsoft 365 bloqueó los envíos de este buzón.",
        "o365_unregistered_domain" => {
            "Microsoft 365 no reenvía correo de un dominio que la organización no ha registrado."
        }
        "o365_attribution" => {
            "Microsoft 365 no reconoce a qué organización pertenece esta conexión y se niega a reenviar."
        }
        "o365_tenant_blocked" => "Microsoft 365 no acepta más correo de esta organización o de esta dirección.",
        "o365_address_banned" => "Microsoft 365 vetó la dirección IP de esta máquina.",
        "o365_quota" => "El buzón agotó lo que Microsoft 365 le permite enviar.",
        "o365_concurrency" => "Microsoft 365 no permite más conexiones simultáneas para este buzón.",
        "exchange_relay_denied" => {
            "Exchange no reenvía correo a este destinatario[ ({recipient})] para un cliente que no ha iniciado sesión."
        }
        "gmail_relay_denied" => "El relay SMTP de Google no acepta correo de este cliente.",
        "gmail_daily_limit" => "La cuenta alcanzó su límite diario de mensajes o de destinatarios.",
        "ses_identity_unverified" => "Amazon SES no tiene verificada alguna de las direcciones en esta región.",
        "ses_not_authorized" => "Esta credencial de Amazon SES no tiene permiso para enviar.",
        "ses_rate" => "Se envió de una vez más de lo que Amazon SES permite a esta cuenta.",
        "sendgrid_credits" => "La cuenta de SendGrid agotó sus créditos.",
        "sendgrid_sender_unverified" => "SendGrid no tiene verificada la dirección del remitente.",
        "recipient_refused" => "El servidor rechazó el destinatario[ {recipient}].",
        "recipient_unknown" => "El destinatario[ {recipient}] no existe en el servidor.",
        "o365_recipient_unknown" => "Microsoft 365 no conoce al destinatario[ {recipient}].",
        "recipient_throttled" => {
            "El destinatario[ {recipient}] recibe en este momento más correo del que el servidor permite."
        }
        "server_full" => "El servidor no tiene espacio ahora para el mensaje.",
        "mailbox_full" => "El buzón[ de {recipient}] está lleno.",
        "relay_denied" => "El servidor no reenvía correo a otros dominios para este cliente.",
        "greylisted" => {
            "El servidor pide volver más tarde: pone en lista gris (greylisting) a los remitentes que aún no conoce."
        }
        "too_many_recipients" => "El mensaje tiene más destinatarios de los que el servidor acepta de una vez.",
        "sending_reputation" => {
            "El servidor frena a este remitente por la cantidad de correo, o por las quejas que recibe."
        }
        "unauthenticated_mail" => {
            "El servidor de destino no pudo verificar que el dominio del remitente enviara este mensaje (SPF, DKIM, DMARC)."
        }
        "spf_or_dkim_failed" => "El servidor de destino rechazó el mensaje porque falló SPF o DKIM.",
        "dmarc_failed" => "El mensaje no pasó DMARC, y el dominio del remitente pide que esos mensajes se rechacen.",
        "from_header_invalid" => "El servidor no acepta la cabecera From del mensaje.",
        "bare_line_feed" => "El servidor encontró en el mensaje fines de línea que SMTP no permite.",
        "smtputf8_not_offered" => "La dirección[ {0}] tiene letras fuera de ASCII, que el servidor no acepta.",
        "message_too_large" => {
            "El mensaje es mayor de lo que el servidor acepta[: tiene {1} bytes, y el límite es {0}]."
        }
        "data_refused" => "El servidor aceptó remitente y destinatario, pero no el mensaje en sí.",
        "message_refused" => "El servidor leyó el mensaje entero y lo rechazó. No se entregó.",
        "no_confirmation" => {
            "El mensaje salió entero, y no llegó respuesta[ en {0} segundos]: puede haberse entregado."
        }
        _ => return None,
    })
}
