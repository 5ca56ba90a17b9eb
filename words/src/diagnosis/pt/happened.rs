//! Portuguese of Brazil: what happened, one template for each code.

pub(in crate::diagnosis) fn happened(code: &str) -> Option<&'static str> {
    Some(match code {
        "host_not_found" => "O nome [{0} ]não existe ou não tem endereço.",
        "resolver_failed" => "O servidor de nomes não respondeu[ sobre {0}].",
        "connection_refused" => "Nenhum serviço responde ali[ ({all})]: a conexão foi recusada.",
        "connect_timeout" => "Não houve resposta à tentativa de conexão[ ({all})].",
        "unreachable" => "Não há rota até o servidor[ ({all})].",
        "no_mail_server" => "Nenhum servidor de e-mail respondeu ali a tempo.",
        "connection_reset" => "O outro lado cortou a conexão no meio da sessão.",
        "connection_closed" => "O outro lado fechou a conexão quando devia responder.",
        "destination_forbidden" => "O operador deste Postroom não permite conexões com [{0}, n]este endereço ou porta.",
        "closed_before_greeting" => "O servidor aceitou a conexão e a fechou antes da saudação.",
        "port_25_blocked" => "Não houve resposta na porta 25[ ({all})].",
        "egress_blocked" => "Não houve resposta nesta porta[ ({all})].",
        "tunnel_unreachable" => "Não foi possível alcançar o conector[ {0}]. O servidor SMTP não foi consultado.",
        "tunnel_timeout" => "O conector[ {0}] não respondeu a tempo. O servidor SMTP não foi consultado.",
        "tunnel_wants_credentials" => "O conector[ {0}] pede usuário e senha.",
        "tunnel_credentials_refused" => {
            "O conector[ {0}] recusou o usuário ou a senha dele. A credencial da própria conta não foi enviada."
        }
        "tunnel_credentials_refused.length" => {
            "A credencial do conector[ {0}] não pode ser enviada: o SOCKS5 aceita de 1 a 255 bytes de usuário e outro tanto de senha."
        }
        "tunnel_credentials_refused.colon" => {
            "A credencial do conector[ {0}] não pode ser enviada: a autenticação Basic não admite dois-pontos no usuário."
        }
        "tunnel_refused" => "O conector[ {0}] funciona, mas não abriu caminho até o servidor SMTP[ ({1})].",
        "tunnel_refused.rules" => {
            "O conector[ {0}] funciona, mas as regras dele não permitem este servidor SMTP e esta porta."
        }
        "tunnel_refused.network_unreachable" => {
            "O conector[ {0}] funciona, mas a rede do servidor SMTP não é alcançável a partir dele."
        }
        "tunnel_refused.host_unreachable" => {
            "O conector[ {0}] funciona, mas o servidor SMTP não é alcançável a partir dele."
        }
        "tunnel_refused.refused" => "O conector[ {0}] funciona, mas o servidor SMTP recusou a conexão dele.",
        "tunnel_refused.ttl_expired" => {
            "O conector[ {0}] funciona, mas a conexão dele com o servidor SMTP esgotou o tempo ou o número de saltos."
        }
        "tunnel_refused.general" => "O conector[ {0}] não conseguiu se conectar ao servidor SMTP e não disse o motivo.",
        "tunnel_refused.unsupported" => "O conector[ {0}] não aceita esse tipo de conexão ou de endereço.",
        "tunnel_refused.http" => {
            "O conector[ {0}] funciona, mas recusou o caminho até o servidor SMTP[ com o status HTTP {1}]."
        }
        "tunnel_protocol" => "O que responde no conector[ {0}] não é um conector deste tipo.",
        "connector_disabled" => "O conector[ {0}] está desativado; por isso, nenhuma conexão foi feita.",
        "tunnel_ok" => "O conector responde.",
        "greeting_timeout" => "A conexão foi aberta, mas o servidor não disse nada[ por {0} segundos].",
        "port_expects_tls" => {
            "O servidor espera criptografia desde o primeiro byte, e o Postroom esperava a saudação dele."
        }
        "not_smtp" => "O que responde ali não é um servidor SMTP[: parece ser {0}].",
        "reply_too_long" => {
            "A resposta do servidor é mais longa do que a de qualquer servidor de e-mail; por isso, a conexão foi fechada."
        }
        "reply_timeout" => "O servidor não respondeu[ por {0} segundos].",
        "protocol_error" => "A resposta do servidor não corresponde ao que foi perguntado.",
        "service_refused" => "O servidor se recusa a atender esta máquina, agora ou sempre.",
        "idle_too_long" => "O servidor fechou a conexão porque nada foi dito por tempo demais.",
        "synchronization_error" => "O servidor reclama que algo foi enviado antes da hora.",
        "too_many_connections" => "O servidor já tem conexões demais desta máquina e recusa mais uma.",
        "address_blocklisted" => {
            "O servidor recusa o endereço IP desta máquina porque ele está em uma lista de bloqueio."
        }
        "reverse_dns_missing" => {
            "O servidor não achou um nome para o IP desta máquina, ou achou um nome que não leva de volta a ele."
        }
        "ehlo_refused" => "O servidor recusou o nome com que o Postroom se apresenta[ ({helo})].",
        "helo_not_fqdn" => "O servidor quer um nome de host completo no EHLO[ e recebeu {helo}].",
        "helo_bad" => "O servidor considera falso o nome no EHLO[ ({helo})].",
        "helo_refused_for_now" => "O servidor encerrou a sessão depois da saudação e pede que se tente mais tarde.",
        "deadline" => "A sessão demorou mais do que [{0} segundos, ]o tempo permitido no total.",
        "cancelled" => "O teste foi interrompido antes do fim.",
        "internal" => "Houve um problema na própria máquina do Postroom[ ({all})], não no servidor de e-mail.",
        "starttls_not_offered" => "A criptografia é exigida, e o servidor não oferece STARTTLS. Nada foi enviado.",
        "starttls_stripped" => "Algo no caminho inutilizou o STARTTLS. Nada foi enviado.",
        "starttls_refused" => "O servidor ofereceu STARTTLS e depois se recusou a iniciá-lo. Nada foi enviado.",
        "starttls_server_broken" => "O servidor não consegue iniciar o TLS por um problema dele. Nada foi enviado.",
        "injected_before_tls" => "Havia dados sem criptografia onde só ela pode começar. Nada foi enviado.",
        "tls_plaintext_port" => "O Postroom começou logo com criptografia, e o servidor respondeu em texto simples.",
        "tls_timeout" => "A negociação TLS não terminou[ em {0} segundos].",
        "tls_failed" => "Não houve acordo de criptografia com o servidor[ ({all})].",
        "tls_too_old" => "O servidor só oferece uma versão antiga de TLS, e o Postroom precisa da 1.2 ou da 1.3.",
        "tls_no_common_cipher" => "O servidor e o Postroom não têm nenhum método de criptografia em comum.",
        "tls_client_certificate" => "O servidor exige um certificado de cliente, e o Postroom não apresenta nenhum.",
        "certificate_unknown_issuer" => {
            "O certificado do servidor foi emitido por [{0}, ]uma autoridade que não é confiável aqui. Nenhuma senha foi enviada."
        }
        "certificate_self_signed" => {
            "O certificado do servidor é autoassinado: nenhuma autoridade responde por ele. Nenhuma senha foi enviada."
        }
        "certificate_self_signed_ca" => {
            "O servidor apresenta como seu o certificado autoassinado de uma autoridade. Nenhuma senha foi enviada."
        }
        "certificate_expired" => "O certificado do servidor venceu[: era válido até {0}]. Nenhuma senha foi enviada.",
        "certificate_not_yet_valid" => {
            "O certificado do servidor ainda não é válido[: começa em {0}]. Nenhuma senha foi enviada."
        }
        "certificate_wrong_name" => {
            "O certificado do servidor é para outros nomes, não para o de “Host SMTP”[: {all}]. Nenhuma senha foi enviada."
        }
        "certificate_not_pinned" => {
            "O servidor mostra um certificado diferente do fixado[: {0}; o fixado é {1}]. Nenhuma senha foi enviada."
        }
        "certificate_invalid" => "O certificado do servidor não pode ser usado[ ({all})]. Nenhuma senha foi enviada.",
        "certificate_key_too_short" => {
            "O certificado do servidor tem uma chave curta demais para ser confiável. Nenhuma senha foi enviada."
        }
        "certificate_signed_with_sha1" => {
            "O certificado do servidor é assinado com SHA-1, que já não é confiável. Nenhuma senha foi enviada."
        }
        "certificate_outdated_format" => {
            "O certificado do servidor tem um formato ultrapassado (anterior ao X.509 versão 3). Nenhuma senha foi enviada."
        }
        "certificate_not_for_servers" => "O certificado do servidor não é para servidores. Nenhuma senha foi enviada.",
        "certificate_unknown_extension" => {
            "O certificado do servidor exige algo que não é conhecido aqui. Nenhuma senha foi enviada."
        }
        "certificate_name_constraint" => {
            "O emissor do certificado do servidor não pode certificar este nome. Nenhuma senha foi enviada."
        }
        "password_in_clear" => "A senha teria viajado sem criptografia; por isso, não foi enviada.",
        "encryption_required" => "O servidor só aceita mensagens por uma conexão criptografada.",
        "secret_missing" => {
            "A senha da credencial não é conhecida para este servidor e estas configurações; por isso, nada foi enviado."
        }
        "secret_again" => {
            "A senha da credencial precisa ser informada de novo para este servidor e estas configurações."
        }
        "secret_needed" => "A senha da credencial ainda não foi informada para este servidor.",
        "auth_not_offered" => "A conta faz login, e o servidor não oferece login aqui.",
        "auth_no_mechanism" => "O servidor só oferece formas de login que o Postroom não tem[: {0}].",
        "auth_mechanism_disabled" => "O servidor oferece uma forma de login e depois não a aceita.",
        "auth_only_after_tls" => "O servidor não aceita login nesta conexão.",
        "auth_refused" => "O servidor recusou o usuário ou a senha.",
        "auth_temporary" => "O servidor não consegue verificar logins no momento.",
        "auth_too_many_attempts" => {
            "O servidor recebeu logins demais desta conta ou deste endereço e bloqueia os próximos por algum tempo."
        }
        "authentication_required" => "O servidor só aceita mensagens depois do login.",
        "sender_login_required" => {
            "O servidor só aceita este remetente do envelope[ ({sender})] de um cliente que fez login."
        }
        "smtp_auth_disabled" => "O Microsoft 365 não permite login por SMTP para esta caixa postal ou organização.",
        "basic_auth_retired" => "A Microsoft não aceita mais usuário e senha para SMTP aqui: exige OAuth.",
        "security_defaults" => "O Microsoft 365 conhece o login, e uma regra de segurança da organização o proíbe.",
        "exchange_login_refused" => "O Microsoft 365 ou o Exchange recusou o login.",
        "o365_not_authenticated" => "O Microsoft 365 só aceita mensagens neste host depois do login.",
        "app_password_required" => "O Google só aceita esta conta com uma senha de app.",
        "web_login_required" => "O Google quer que alguém entre primeiro pelo navegador.",
        "gmail_password_refused" => "O Google recusou usuário e senha.",
        "ses_credentials" => "O Amazon SES não conhece este usuário e esta senha nesta região.",
        "ses_not_enabled" => "Esta conta da AWS não usa o Amazon SES nesta região.",
        "sendgrid_user_apikey" => "O SendGrid recusou o usuário ou a senha.",
        "brevo_smtp_key" => "O Brevo recusou o usuário ou a senha.",
        "brevo_address" => "O provedor recusa logins do endereço IP desta máquina.",
        "yahoo_app_password" => "O Yahoo recusou o login, ou o bloqueou depois de várias tentativas.",
        "token_client_secret" => "O Microsoft Entra recusou o segredo do cliente do aplicativo.",
        "token_unknown_app" => "O Microsoft Entra não conhece este aplicativo ou esta organização.",
        "token_consent" => "O aplicativo ainda não tem permissão para enviar mensagens.",
        "token_revoked" => "A permissão guardada para enviar mensagens não vale mais.",
        "oauth_token_refused" => "O servidor de e-mail recusou o token de acesso.",
        "auth_no_mechanism.oauth" => "O servidor não oferece login com token de acesso[, só {0}].",
        "oauth_mailbox_denied" => "O Microsoft 365 recusou o token de acesso para esta caixa postal.",
        "token_refused" => "O emissor de tokens[ {0}] recusou-se a emitir um token de acesso[: {1}].",
        "token_temporary" => "O emissor de tokens[ {0}] não consegue emitir um token de acesso no momento.",
        "token_unreachable" => {
            "Não foi possível alcançar o emissor de tokens[ {0}], e sem token de acesso não há login."
        }
        "token_timeout" => {
            "O emissor de tokens[ {0}] não deu um token de acesso a tempo[: a espera foi de {1} segundos]."
        }
        "token_certificate" => {
            "Não há criptografia confiável com o emissor de tokens[ {0}]. Nenhum segredo foi enviado."
        }
        "token_protocol" => "O que responde no endereço do emissor de tokens[ {0}] não emitiu um token de acesso.",
        "token_key" => "A chave privada da conta de serviço não serve para assinar, e nada foi enviado.",
        "token_assertion" => "O emissor de tokens[ {0}] recusou o que foi assinado com a chave da conta de serviço.",
        "token_client_refused" => "O emissor de tokens[ {0}] recusou o ID ou o segredo do cliente do aplicativo.",
        "token_grant_refused" => "O emissor de tokens[ {0}] não dá um token a este aplicativo desta forma.",
        "token_scope" => "O emissor de tokens[ {0}] não emite tokens para este escopo.",
        "sender_refused" => "O servidor recusou o remetente do envelope[ {sender}].",
        "sender_not_owned" => "Este login não pode enviar com o remetente do envelope[ {sender}].",
        "sender_domain_unknown" => "O servidor não acha no DNS o domínio do remetente do envelope[ {sender}].",
        "send_as_denied" => "O Microsoft 365 não deixa esta caixa postal enviar com o endereço deste remetente.",
        "o365_sender_blocked" => "O Microsoft 365 bloqueou o envio desta caixa postal.",
        "o365_unregistered_domain" => {
            "O Microsoft 365 não repassa mensagens de um domínio que a organização não registrou."
        }
        "o365_attribution" => {
            "O Microsoft 365 não reconhece a que organização pertence esta conexão e se recusa a repassar mensagens."
        }
        "o365_tenant_blocked" => "O Microsoft 365 não aceita mais mensagens desta organização ou deste endereço.",
        "o365_address_banned" => "O Microsoft 365 baniu o endereço IP desta máquina.",
        "o365_quota" => "A caixa postal esgotou o que o Microsoft 365 lhe permite enviar.",
        "o365_concurrency" => "O Microsoft 365 não permite mais conexões simultâneas para esta caixa postal.",
        "exchange_relay_denied" => {
            "O Exchange não encaminha mensagens a este destinatário[ ({recipient})] para um cliente que não fez login."
        }
        "gmail_relay_denied" => "O relay SMTP do Google não aceita mensagens deste cliente.",
        "gmail_daily_limit" => "A conta atingiu o limite diário de mensagens ou de destinatários.",
        "ses_identity_unverified" => "O Amazon SES não tem um dos endereços como verificado nesta região.",
        "ses_not_authorized" => "Esta credencial do Amazon SES não tem permissão para enviar.",
        "ses_rate" => "Foi enviado de uma vez mais do que o Amazon SES permite a esta conta.",
        "sendgrid_credits" => "A conta do SendGrid esgotou os créditos.",
        "sendgrid_sender_unverified" => "O SendGrid não tem o endereço do remetente como verificado.",
        "recipient_refused" => "O servidor recusou o destinatário[ {recipient}].",
        "recipient_unknown" => "O destinatário[ {recipient}] não existe no servidor.",
        "o365_recipient_unknown" => "O Microsoft 365 não conhece o destinatário[ {recipient}].",
        "recipient_throttled" => {
            "O destinatário[ {recipient}] recebe no momento mais mensagens do que o servidor permite."
        }
        "server_full" => "O servidor não tem espaço agora para a mensagem.",
        "mailbox_full" => "A caixa postal[ de {recipient}] está cheia.",
        "relay_denied" => "O servidor não encaminha mensagens a outros domínios para este cliente.",
        "greylisted" => {
            "O servidor pede que se volte mais tarde: ele põe em lista cinza (greylisting) remetentes que ainda não conhece."
        }
        "too_many_recipients" => "A mensagem tem mais destinatários do que o servidor aceita de uma vez.",
        "sending_reputation" => {
            "O servidor freia este remetente por causa da quantidade de mensagens, ou de queixas sobre elas."
        }
        "unauthenticated_mail" => {
            "O servidor de destino não pôde verificar que o domínio do remetente enviou esta mensagem (SPF, DKIM, DMARC)."
        }
        "spf_or_dkim_failed" => "O servidor de destino recusou a mensagem porque o SPF ou o DKIM falhou.",
        "dmarc_failed" => {
            "A mensagem não passou no DMARC, e o domínio do remetente pede que essas mensagens sejam recusadas."
        }
        "from_header_invalid" => "O servidor não aceita o cabeçalho From da mensagem.",
        "bare_line_feed" => "O servidor achou na mensagem fins de linha que o SMTP não permite.",
        "smtputf8_not_offered" => "O endereço[ {0}] tem letras fora do ASCII, que o servidor não aceita.",
        "message_too_large" => "A mensagem é maior do que o servidor aceita[: tem {1} bytes, e o limite é {0}].",
        "data_refused" => "O servidor aceitou remetente e destinatário, mas não a mensagem em si.",
        "message_refused" => "O servidor leu a mensagem inteira e a recusou. Ela não foi entregue.",
        "no_confirmation" => {
            "A mensagem saiu inteira, e nenhuma resposta veio[ em {0} segundos]: ela pode ter sido entregue."
        }
        _ => return None,
    })
}
