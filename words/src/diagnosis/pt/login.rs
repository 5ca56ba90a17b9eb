//! Portuguese of Brazil: causes and remedies of logging in.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "secret_missing" => Help {
            why: &[
                "Host, porta, proteção ou conector mudou depois que a senha foi informada: uma senha guardada nunca é enviada a um novo lugar sem pedido.",
                "A credencial pode nunca ter sido usada com este servidor.",
            ],
            advice: &[
                "Abra as configurações da conta (ou do conector), informe de novo a senha da credencial e salve.",
            ],
        },
        "secret_again" => Help {
            why: &[
                "Host, porta, proteção ou conector mudou: uma senha guardada nunca é enviada a um novo lugar sem pedido.",
            ],
            advice: &["Informe a senha na janela de configurações e depois teste ou salve de novo."],
        },
        "secret_needed" => Help {
            why: &["A credencial não foi usada antes com este servidor e estas configurações."],
            advice: &["Informe a senha na janela de configurações e depois teste ou salve de novo."],
        },
        "auth_not_offered" => Help {
            why: &[
                "O login só é oferecido depois da criptografia, ou só nas portas de submissão 465 e 587.",
                "O servidor pode ser um relay que admite clientes pelo endereço IP.",
            ],
            advice: &[
                "Responda Sim em “Usar conexão segura?”, com TLS na porta 587 ou SSL na porta 465.",
                "Se o servidor não precisar de login, responda Não em “Usar autenticação?”.",
            ],
        },
        "auth_no_mechanism" => Help {
            why: &[
                "O servidor não permite PLAIN nem LOGIN: quer OAuth, NTLM ou outro mecanismo.",
                "PLAIN e LOGIN podem ficar ocultos até a conexão ser criptografada.",
            ],
            advice: &[
                "Responda Sim em “Usar conexão segura?”, se estiver em Não.",
                "Peça ao administrador do servidor que permita PLAIN ou LOGIN sobre TLS, ou um relay que admita o endereço IP desta máquina.",
                "Se ele oferecer XOAUTH2 ou OAUTHBEARER, escolha uma credencial que faça login com OAuth.",
            ],
        },
        "auth_mechanism_disabled" => Help {
            why: &[
                "No Exchange, a autenticação básica está desligada no conector de recebimento, ou só é permitida depois do TLS.",
            ],
            advice: &[
                "Responda Sim em “Usar conexão segura?”.",
                "Peça ao administrador do Exchange que permita a autenticação básica depois do TLS nesse conector de recebimento.",
            ],
        },
        "auth_only_after_tls" => Help {
            why: &[
                "Ele só permite login depois da criptografia, ou não o permite na porta 25.",
                "A autenticação pode estar desligada neste servidor.",
            ],
            advice: &[
                "Use a porta 587 com TLS ou a 465 com SSL.",
                "Se o servidor não precisar de login, responda Não em “Usar autenticação?”.",
            ],
        },
        "auth_refused" => Help {
            why: &[
                "A senha foi digitada com erro, expirou ou foi trocada.",
                "O usuário tem outra forma: muitos servidores querem o endereço de e-mail completo.",
                "O provedor pode exigir uma senha de app, ou ter desligado esta forma de login.",
            ],
            advice: &[
                "Informe de novo a senha na credencial. Tente o endereço de e-mail completo como usuário.",
                "Entre na página do provedor com os mesmos dados e procure ali por senhas de app e por “SMTP” entre as permissões.",
            ],
        },
        "auth_temporary" => Help {
            why: &[
                "O serviço de login do servidor está fora do ar ou sobrecarregado.",
                "No Amazon SES, o host pode ser de uma região e a credencial, de outra.",
            ],
            advice: &[
                "Espere alguns minutos e teste de novo. As notificações são tentadas de novo automaticamente.",
                "Se persistir, avise o administrador do servidor.",
            ],
        },
        "auth_too_many_attempts" => Help {
            why: &[
                "Algum programa tenta entrar repetidamente com uma senha antiga.",
                "Mensagens demais podem abrir cada uma a sua própria sessão.",
            ],
            advice: &[
                "Pare os programas que usam a senha antiga e espere o fim do bloqueio (em geral, de minutos a uma hora).",
                "Depois informe a senha certa e teste uma única vez.",
            ],
        },
        "authentication_required" => Help {
            why: &[
                "“Usar autenticação?” está em Não.",
                "O servidor admite alguns endereços IP sem login, e o desta máquina não está entre eles.",
            ],
            advice: &[
                "Responda Sim em “Usar autenticação?” e escolha uma credencial.",
                "Se não devia ser preciso login, peça ao administrador do servidor que admita o endereço IP desta máquina.",
            ],
        },
        "sender_login_required" => Help {
            why: &["“Usar autenticação?” está em Não, ou o login não acontece nesta porta."],
            advice: &["Responda Sim em “Usar autenticação?” e escolha a credencial que pertence a este remetente."],
        },
        "smtp_auth_disabled" => Help {
            why: &["O “SMTP autenticado” está desligado, como é usual em organizações novas."],
            advice: &[
                "No centro de administração do Microsoft 365, abra o usuário, depois Email, depois “Gerenciar aplicativos de email”, e marque “SMTP autenticado”.",
                "Se continuar recusado, está desligado em toda a organização: veja https://aka.ms/smtp_auth_disabled. A mudança pode levar uma hora.",
            ],
        },
        "basic_auth_retired" => Help {
            why: &["A autenticação básica foi encerrada neste serviço, ou desligada nesta organização."],
            advice: &[
                "Faça login com OAuth: dê à conta uma credencial do tipo “Microsoft 365 (client credentials)”.",
                "Ou envie por um conector de entrada do Microsoft 365 que admita o endereço IP desta máquina, ou por outro provedor.",
                "Pergunte ao administrador do Microsoft 365 se a autenticação básica para SMTP ainda pode ser permitida a esta caixa postal.",
            ],
        },
        "security_defaults" => Help {
            why: &[
                "Os padrões de segurança ou uma regra de Acesso Condicional bloqueiam logins só com usuário e senha.",
                "A autenticação multifator pode ser exigida deste usuário.",
            ],
            advice: &[
                "Fale com o administrador do Microsoft Entra: o log de entradas cita a regra. Exclua esta caixa postal no Acesso Condicional; para isso, os padrões de segurança precisam estar desligados.",
                "Ou envie por um conector que admita o endereço IP desta máquina sem login.",
            ],
        },
        "exchange_login_refused" => Help {
            why: &[
                "O usuário ou a senha está errado.",
                "O “SMTP autenticado” pode estar desligado para a caixa postal, ou a autenticação multifator, ligada.",
            ],
            advice: &[
                "Use o endereço completo da caixa postal como usuário e informe a senha de novo.",
                "Depois peça ao administrador que confira o “SMTP autenticado” da caixa postal e o registro dela no log de entradas do Entra.",
            ],
        },
        "o365_not_authenticated" => Help {
            why: &["“Usar autenticação?” está em Não, e este host (em geral, smtp.office365.com) é para logins."],
            advice: &[
                "Responda Sim em “Usar autenticação?” e escolha a credencial da caixa postal.",
                "Para enviar sem login, use o host MX da organização na porta 25 e um conector de entrada para o endereço IP desta máquina.",
            ],
        },
        "app_password_required" => Help {
            why: &["A verificação em duas etapas está ativa, e foi usada a senha comum."],
            advice: &[
                "Crie uma senha de app em https://myaccount.google.com/apppasswords e informe-a como senha da credencial, sem espaços.",
                "Se essa página não for oferecida, o administrador da organização desligou as senhas de app.",
            ],
        },
        "web_login_required" => Help {
            why: &["O Google estranha este login: um lugar novo, ou muito tempo sem uso."],
            advice: &[
                "Entre em https://mail.google.com com esta conta e confirme que o acesso é legítimo.",
                "Depois crie uma senha de app em https://myaccount.google.com/apppasswords e use-a como senha da credencial.",
            ],
        },
        "gmail_password_refused" => Help {
            why: &[
                "Foi usada a senha comum da conta: aqui o Google só aceita uma senha de app.",
                "O usuário não é o endereço completo, ou a senha de app foi revogada; isso acontece sempre que a senha da conta muda.",
            ],
            advice: &[
                "Crie uma senha de app em https://myaccount.google.com/apppasswords (exige a verificação em duas etapas) e informe-a como senha da credencial, sem espaços.",
                "Use o endereço de e-mail completo como usuário.",
            ],
        },
        "ses_credentials" => Help {
            why: &[
                "São chaves de acesso do IAM: o SES quer credenciais SMTP, cuja senha é outra.",
                "Elas são de outra região, não da região do host.",
            ],
            advice: &[
                "No console do SES, na região de “Host SMTP”, abra “SMTP settings”, crie credenciais SMTP e informe os dois valores na credencial.",
            ],
        },
        "ses_not_enabled" => Help {
            why: &["O SES não foi ativado para a conta, ou “Host SMTP” indica outra região."],
            advice: &["Abra o console do SES na região de “Host SMTP” e conclua a ativação."],
        },
        "sendgrid_user_apikey" => Help {
            why: &[
                "O usuário tem de ser exatamente a palavra apikey, e a senha, a própria chave de API.",
                "A chave de API pode ter sido apagada, ou não ter a permissão “Mail Send”.",
            ],
            advice: &[
                "Informe na credencial o usuário apikey e, como senha, a chave de API, que começa com SG.",
                "Se continuar recusado, crie uma nova chave no SendGrid em Settings, “API Keys”.",
            ],
        },
        "brevo_smtp_key" => Help {
            why: &["Foi usada a senha da conta: o Brevo quer uma chave SMTP."],
            advice: &[
                "No Brevo, abra “SMTP e API”, crie uma chave SMTP e informe-a como senha da credencial. O login mostrado ali é o usuário.",
            ],
        },
        "brevo_address" => Help {
            why: &["A conta só aceita endereços IP autorizados; o Brevo pede isso."],
            advice: &[
                "Inclua o IP público desta máquina entre os autorizados, nas configurações de segurança do provedor.",
            ],
        },
        "yahoo_app_password" => Help {
            why: &["Foi usada a senha comum da conta: o Yahoo e a AOL querem uma senha de app."],
            advice: &[
                "Crie uma senha de app nas configurações de segurança da conta e informe-a como senha da credencial.",
                "Se continuar recusado, espere algumas horas sem tentativas: o bloqueio termina sozinho.",
            ],
        },
        _ => return None,
    })
}
