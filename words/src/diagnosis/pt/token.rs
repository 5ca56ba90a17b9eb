//! Português: causas e soluções dos tokens de acesso: os que não são emitidos e os que um servidor de e-mail recusa.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "token_client_secret" => Help {
            why: &["O segredo expirou, ou foi informado o ID dele em vez do valor."],
            advice: &[
                "No centro de administração do Entra, em “Registros de aplicativo”, “Certificados e segredos”, crie um novo segredo do cliente e informe o valor dele.",
                "Anote o dia em que ele expira.",
            ],
        },
        "token_unknown_app" => Help {
            why: &[
                "O ID do cliente ou do locatário foi digitado com erro, ou o aplicativo está registrado em outra organização.",
            ],
            advice: &[
                "Copie de novo o ID do aplicativo (cliente) e o ID do diretório (locatário) na visão geral do aplicativo, no centro de administração do Entra.",
            ],
        },
        "token_consent" => Help {
            why: &["Um administrador da organização precisa dar o consentimento, e ainda não o deu."],
            advice: &[
                "No centro de administração do Entra, abra o aplicativo, “Permissões de APIs”, e peça a um administrador que dê o consentimento.",
            ],
        },
        "token_revoked" => Help {
            why: &[
                "Alguém a revogou, a senha da conta mudou, ou ela ficou muito tempo sem uso.",
                "No Google, as permissões terminam em sete dias enquanto a tela de consentimento está em teste.",
            ],
            advice: &["Autorize a conta de novo.", "No Google, publique a tela de consentimento do aplicativo."],
        },
        "oauth_token_refused" => Help {
            why: &[
                "O token foi emitido para outro serviço ou escopo.",
                "O usuário não é a caixa postal para a qual o token foi emitido.",
            ],
            advice: &[
                "Informe o endereço da caixa postal como usuário e confira se o escopo da credencial é o de SMTP: um token recém-emitido também foi recusado. No Gmail, o escopo é https://mail.google.com/.",
            ],
        },
        "auth_no_mechanism.oauth" => Help {
            why: &[
                "O servidor não aceita XOAUTH2 nem OAUTHBEARER.",
                "Os dois podem ficar ocultos até a conexão ser criptografada.",
            ],
            advice: &[
                "Confira “Host SMTP”: com OAuth é smtp.office365.com no Microsoft 365, smtp.gmail.com no Gmail.",
                "Responda Sim em “Usar conexão segura?”, se estiver em Não.",
                "Caso contrário, escolha uma credencial com usuário e senha.",
            ],
        },
        "oauth_mailbox_denied" => Help {
            why: &[
                "A entidade de serviço do aplicativo não está registrada no Exchange Online, ou não tem direito a esta caixa postal.",
                "O token é para outro escopo, ou o “SMTP autenticado” está desligado para a caixa postal.",
            ],
            advice: &[
                "No PowerShell do Exchange Online, registre a entidade de serviço (New-ServicePrincipal) e dê a ela a caixa postal (Add-MailboxPermission).",
                "Dê ao aplicativo a permissão SMTP.SendAsApp; o escopo é https://outlook.office365.com/.default.",
                "Veja se o “SMTP autenticado” está ligado para a caixa postal, e se o usuário é o endereço dela.",
            ],
        },
        "token_refused" => Help {
            why: &[
                "O ID do cliente, o segredo ou outro dado da credencial está errado, ou falta uma permissão ao aplicativo.",
            ],
            advice: &[
                "Leia a resposta do próprio emissor: ela diz o motivo.",
                "Compare a credencial com o que o provedor mostra para o aplicativo, e informe o segredo de novo.",
            ],
        },
        "token_temporary" => Help {
            why: &["O serviço de login do provedor está com problemas ou sobrecarregado, ou recebeu pedidos demais."],
            advice: &[
                "Espere alguns minutos e teste de novo. As notificações são tentadas de novo automaticamente.",
                "Se persistir, consulte a página de status do provedor.",
            ],
        },
        "token_unreachable" => Help {
            why: &[
                "Pode haver um firewall no caminho: os tokens são buscados diretamente, mesmo quando a conta usa um conector.",
            ],
            advice: &[
                "Permita que esta máquina se conecte ao host do emissor na porta 443.",
                "Confira o endereço do emissor, se a credencial indicar um.",
            ],
        },
        "token_timeout" => Help {
            why: &[
                "O serviço de login do provedor está lento, ou um firewall descarta o que esta máquina envia a ele.",
            ],
            advice: &[
                "Teste de novo. Se persistir, veja se esta máquina pode se conectar ao host do emissor na porta 443.",
            ],
        },
        "token_certificate" => Help {
            why: &[
                "Algo no caminho, como um proxy que inspeciona HTTPS, mostra um certificado próprio.",
                "O endereço do emissor pode estar errado.",
            ],
            advice: &[
                "Se um proxy inspeciona HTTPS aqui, peça ao operador que confie na autoridade dele com --ca-file.",
                "Caso contrário, confira o endereço do emissor e descubra quem responde nele.",
            ],
        },
        "token_protocol" => Help {
            why: &["O endereço não é o de um emissor de tokens, ou um proxy ou portal responde no lugar dele."],
            advice: &[
                "Confira o endereço do emissor e o ID do locatário na credencial.",
                "Abra o endereço a partir da rede desta máquina e veja quem responde.",
            ],
        },
        "token_key" => Help {
            why: &[
                "Falta a primeira ou a última linha, a chave está protegida por senha, ou não é uma chave RSA na forma PKCS#8.",
            ],
            advice: &["Informe de novo o arquivo JSON da conta de serviço, inteiro e sem alterações."],
        },
        "token_assertion" => Help {
            why: &[
                "A caixa postal não existe neste Google Workspace, ou o endereço da conta de serviço foi digitado com erro.",
                "O relógio desta máquina está errado, ou a chave foi excluída no Google.",
            ],
            advice: &[
                "Confira a caixa postal e o endereço da conta de serviço na credencial.",
                "Faça o relógio desta máquina ser acertado pela rede (NTP).",
                "Caso contrário, crie uma nova chave para a conta de serviço e informe-a.",
            ],
        },
        "token_client_refused" => Help {
            why: &[
                "O ID ou o segredo do cliente foi digitado com erro, expirou ou foi excluído.",
                "O aplicativo precisa de um segredo do cliente, e a credencial não tem nenhum.",
            ],
            advice: &[
                "Copie de novo o ID do cliente do registro do aplicativo, e informe de novo o segredo do cliente.",
            ],
        },
        "token_grant_refused" => Help {
            why: &[
                "No Google Workspace: a conta de serviço não tem delegação em todo o domínio para este escopo.",
                "O aplicativo está registrado para outra forma de login.",
            ],
            advice: &[
                "No Google Admin Console, “Controles de API”, “Delegação em todo o domínio”, inclua o ID do cliente da conta de serviço com o escopo https://mail.google.com/.",
                "Em outro provedor, permita esta concessão no registro do aplicativo.",
            ],
        },
        "token_scope" => Help {
            why: &["O escopo foi digitado com erro, ou o aplicativo não pode pedi-lo."],
            advice: &[
                "No Microsoft 365 com credenciais de cliente, o escopo é https://outlook.office365.com/.default; no Gmail, é https://mail.google.com/.",
            ],
        },
        _ => return None,
    })
}
