//! Portuguese of Brazil: causes and remedies of senders, recipients and messages.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "sender_refused" => Help {
            why: &[
                "Este login não pode enviar com esse endereço, ou o endereço não existe ali.",
                "O domínio do remetente pode ser desconhecido ou estar bloqueado.",
            ],
            advice: &[
                "Informe em “E-mail de retorno” um endereço que pertença à credencial.",
                "Leia a resposta do servidor e pergunte ao provedor quais remetentes este login pode usar.",
            ],
        },
        "sender_not_owned" => Help {
            why: &["O “E-mail de retorno” (Return-Path) contém outro endereço, não o da caixa postal que faz login."],
            advice: &[
                "Informe o endereço da própria caixa postal em “E-mail de retorno” e, se também for recusado, em “E-mail do remetente”.",
                "Ou peça ao administrador do servidor que permita esse remetente a este login.",
            ],
        },
        "sender_domain_unknown" => Help {
            why: &[
                "O domínio foi digitado com erro, ou não tem registro MX nem A.",
                "A resolução de nomes do próprio servidor pode estar com problemas.",
            ],
            advice: &["Corrija o endereço em “E-mail de retorno”, ou crie os registros DNS do domínio dele."],
        },
        "send_as_denied" => Help {
            why: &["“E-mail do remetente” ou “E-mail de retorno” não é um endereço da caixa postal que faz login."],
            advice: &[
                "Informe o endereço da própria caixa postal nos dois campos.",
                "Ou conceda “Enviar como” no centro de administração do Exchange: a outra caixa postal, Delegação, “Enviar como”. Pode levar uma hora.",
            ],
        },
        "o365_sender_blocked" => Help {
            why: &[
                "Saíram mensagens em tal quantidade ou de tal tipo que a Microsoft as tomou por spam; a caixa postal pode ter sido invadida.",
            ],
            advice: &[
                "Primeiro troque a senha da caixa postal e descubra quem enviou o quê.",
                "Depois desbloqueie-a no portal do Microsoft Defender, em “Entidades restritas”.",
            ],
        },
        "o365_unregistered_domain" => Help {
            why: &[
                "O domínio de “E-mail do remetente” ou de “E-mail de retorno” não está entre os domínios aceitos da organização.",
            ],
            advice: &[
                "Inclua e verifique o domínio no centro de administração do Microsoft 365, em Configurações, Domínios.",
                "Ou informe um endereço de um domínio registrado.",
            ],
        },
        "o365_attribution" => Help {
            why: &["O conector de entrada cita outro endereço IP ou certificado, não o que esta máquina tem agora."],
            advice: &[
                "Compare o IP público desta máquina com o conector de entrada no centro de administração do Exchange, em Fluxo de emails, Conectores, e corrija-o ali.",
            ],
        },
        "o365_tenant_blocked" => Help {
            why: &["A organização excedeu um limite, está em avaliação, ou foi restringida depois de tráfego incomum."],
            advice: &[
                "O administrador da organização precisa abrir um chamado na Microsoft; em geral, esperar não resolve.",
                "Enquanto isso, envie por outra conta.",
            ],
        },
        "o365_address_banned" => Help {
            why: &["Esse endereço, ou os vizinhos dele, enviou spam."],
            advice: &[
                "Peça a remoção em https://sender.office.com.",
                "Enquanto isso, envie por um provedor com autenticação.",
            ],
        },
        "o365_quota" => Help {
            why: &["Uma caixa postal pode atingir 10.000 destinatários por dia e enviar 30 mensagens por minuto."],
            advice: &[
                "Espere: o limite conta as últimas 24 horas. As notificações são tentadas de novo automaticamente.",
                "Distribua os envios por várias contas, ou use um serviço de envio em massa.",
            ],
        },
        "o365_concurrency" => Help {
            why: &["Vários programas enviam por esta caixa postal ao mesmo tempo, ou um deles abre conexões demais."],
            advice: &[
                "Espere um minuto. As notificações são tentadas de novo automaticamente.",
                "Reduza as conexões simultâneas, ou dê a cada programa uma caixa postal própria.",
            ],
        },
        "exchange_relay_denied" => Help {
            why: &[
                "“Usar autenticação?” está em Não.",
                "O conector de recebimento não permite o repasse para o endereço IP desta máquina.",
            ],
            advice: &[
                "Responda Sim em “Usar autenticação?” e escolha uma credencial.",
                "Ou peça ao administrador do Exchange um conector de recebimento que permita o repasse a esta máquina.",
            ],
        },
        "gmail_relay_denied" => Help {
            why: &[
                "O IP desta máquina não está cadastrado ali, ou o domínio do remetente não é da organização.",
                "O nome no EHLO pode não pertencer a nenhum domínio da organização.",
            ],
            advice: &[
                "No Google Admin Console, abra Apps, Google Workspace, Gmail, Roteamento, “Serviço de redirecionamento SMTP”, e inclua o IP público desta máquina.",
                "Ou responda Sim em “Usar autenticação?”, com uma senha de app, e peça ao operador que defina --ehlo-name com um nome do domínio da organização.",
            ],
        },
        "gmail_daily_limit" => Help {
            why: &["O Google permite cerca de 500 por dia no Gmail e 2.000 em contas Workspace."],
            advice: &[
                "Espere até 24 horas; outras contas podem enviar enquanto isso.",
                "Para mais mensagens, use o relay SMTP do Google Workspace ou um serviço de envio em massa.",
            ],
        },
        "ses_identity_unverified" => Help {
            why: &[
                "Os endereços em “E-mail do remetente” e “E-mail de retorno”, ou os domínios deles, precisam ser verificados nesta região.",
                "Enquanto a conta está no sandbox, cada destinatário também precisa ser verificado.",
            ],
            advice: &[
                "No console do SES, na região de “Host SMTP”, verifique o endereço, ou melhor, o domínio, em “Identities”.",
                "Para alcançar qualquer destinatário, peça acesso de produção no console do SES.",
            ],
        },
        "ses_not_authorized" => Help {
            why: &[
                "O usuário do IAM não tem uma política com ses:SendRawEmail, ou tem uma limitada a outros remetentes ou regiões.",
            ],
            advice: &[
                "No IAM, permita ses:SendRawEmail a esse usuário para a identidade do remetente, ou crie novas credenciais SMTP no console do SES.",
            ],
        },
        "ses_rate" => Help {
            why: &["A taxa máxima de envio da conta foi atingida; no sandbox ela é baixa."],
            advice: &[
                "Por ora não há nada a fazer: as notificações são tentadas de novo automaticamente.",
                "Defina um limite menor para a conta, ou peça à AWS uma taxa maior.",
            ],
        },
        "sendgrid_credits" => Help {
            why: &["O número de mensagens do plano para este dia ou mês acabou."],
            advice: &["Espere a renovação dos créditos, ou escolha um plano maior."],
        },
        "sendgrid_sender_unverified" => Help {
            why: &["“E-mail do remetente” não é um remetente verificado nem está em um domínio autenticado."],
            advice: &[
                "No SendGrid, abra Settings, “Sender Authentication”, e verifique o endereço ou o domínio.",
                "Ou informe um endereço verificado em “E-mail do remetente”.",
            ],
        },
        "recipient_refused" => Help {
            why: &[
                "O endereço não existe ali, ou o servidor não entrega nesse domínio para este cliente.",
                "Uma regra do servidor do destinatário pode recusar o remetente.",
            ],
            advice: &[
                "Confira o endereço do destinatário. Depois leia a resposta do servidor.",
                "Se o destinatário estiver em outro domínio, que não o do servidor, responda Sim em “Usar autenticação?”.",
            ],
        },
        "recipient_unknown" => Help {
            why: &["O endereço foi digitado com erro, ou a caixa postal foi apagada."],
            advice: &["Confira o endereço do destinatário. A conta em si funciona até esta etapa."],
        },
        "o365_recipient_unknown" => Help {
            why: &[
                "O endereço foi digitado com erro, ou o domínio dele está hospedado em outro lugar, que o servidor não conhece.",
            ],
            advice: &["Confira o endereço com o administrador do destinatário. A conta em si funciona até esta etapa."],
        },
        "recipient_throttled" => Help {
            why: &[
                "Muitas mensagens foram para esta caixa postal em pouco tempo, ou ela está temporariamente fechada.",
            ],
            advice: &[
                "Espere. As notificações são tentadas de novo automaticamente.",
                "Envie menos mensagens a esse destinatário, por exemplo um resumo em vez de muitas.",
            ],
        },
        "server_full" => Help {
            why: &["O disco dele está cheio, ou ele guarda o que resta para as mensagens que já tem."],
            advice: &[
                "Aguarde: a mensagem é aceita assim que houver espaço de novo.",
                "Se persistir, avise o administrador do servidor de que o armazenamento de correio dele está cheio.",
            ],
        },
        "mailbox_full" => Help {
            why: &["O espaço do destinatário se esgotou."],
            advice: &["Peça ao destinatário que libere espaço, ou use outro endereço."],
        },
        "relay_denied" => Help {
            why: &[
                "“Usar autenticação?” está em Não, ou o login não aconteceu nesta porta.",
                "O servidor só encaminha sem login para endereços IP que conhece.",
            ],
            advice: &[
                "Responda Sim em “Usar autenticação?” e escolha uma credencial, na porta 587 ou 465.",
                "Ou peça ao administrador do servidor que permita o repasse para o endereço IP desta máquina.",
            ],
        },
        "greylisted" => Help {
            why: &["É uma proteção contra spam: a mesma mensagem é aceita depois de alguns minutos."],
            advice: &[
                "Não há nada a fazer: as notificações são tentadas de novo automaticamente. Repita um teste depois de 5 a 15 minutos.",
            ],
        },
        "too_many_recipients" => Help {
            why: &["O servidor limita os destinatários de uma mensagem, muitas vezes a 100."],
            advice: &["Divida os destinatários em várias mensagens, ou use uma lista de distribuição."],
        },
        "sending_reputation" => Help {
            why: &[
                "Veio muito mais e-mail do que o normal deste endereço IP ou domínio.",
                "Destinatários marcaram mensagens como spam.",
            ],
            advice: &[
                "Envie menos e de forma mais regular, e espere pelo menos quatro horas até a próxima tentativa.",
                "Retire endereços que devolvem ou reclamam e confira SPF, DKIM e DMARC do domínio do remetente.",
            ],
        },
        "unauthenticated_mail" => Help {
            why: &[
                "O registro SPF do domínio não inclui este servidor, e não há assinatura DKIM válida.",
                "O domínio de “E-mail do remetente” difere do que foi verificado por SPF ou DKIM.",
            ],
            advice: &[
                "No DNS do domínio do remetente, inclua o servidor de envio no SPF e ative o DKIM no provedor.",
                "Use o mesmo domínio em “E-mail do remetente” e “E-mail de retorno”.",
            ],
        },
        "spf_or_dkim_failed" => Help {
            why: &[
                "O registro SPF do domínio não inclui o servidor de envio.",
                "A chave DKIM no DNS falta, ou não confere com a assinatura.",
            ],
            advice: &[
                "Compare o registro SPF do domínio com as instruções do provedor.",
                "Confira o seletor DKIM no DNS e peça que a chave seja publicada de novo se mudou.",
            ],
        },
        "dmarc_failed" => Help {
            why: &[
                "Nem o SPF nem o DKIM verificou o domínio de “E-mail do remetente”.",
                "Um terceiro servidor envia por este domínio sem constar no DNS dele.",
            ],
            advice: &[
                "Inclua o servidor de envio no SPF ou ative o DKIM, para o domínio de “E-mail do remetente”.",
                "Use o mesmo domínio em “E-mail de retorno”.",
            ],
        },
        "from_header_invalid" => Help {
            why: &["“E-mail do remetente” está vazio, ou não é um endereço válido."],
            advice: &["Corrija “E-mail do remetente”: um endereço completo, como alertas@example.com."],
        },
        "bare_line_feed" => Help {
            why: &["Um programa que entregou a mensagem, ou um equipamento no caminho, alterou os fins de linha."],
            advice: &[
                "Teste com uma mensagem digitada na janela de teste. Se passar, peça a correção do programa que criou a mensagem.",
                "Caso contrário, mostre a transcrição a quem opera os equipamentos no caminho.",
            ],
        },
        "smtputf8_not_offered" => Help {
            why: &["Esses endereços precisam de SMTPUTF8, e o servidor não o oferece."],
            advice: &["Use um endereço com letras ASCII antes do @.", "Ou envie por um servidor que ofereça SMTPUTF8."],
        },
        "message_too_large" => Help {
            why: &[
                "Os anexos crescem um terço ao serem codificados para e-mail.",
                "O servidor do destinatário pode ter um limite menor que o do primeiro.",
            ],
            advice: &[
                "Envie uma mensagem menor, ou um link no lugar do anexo.",
                "Peça ao administrador do servidor um limite maior.",
            ],
        },
        "data_refused" => Help {
            why: &[
                "Ele recusa a mensagem por uma regra ou um limite que só verifica agora.",
                "Pode ser que nenhum destinatário fosse válido.",
            ],
            advice: &["Leia a resposta do servidor e mostre-a ao administrador dele."],
        },
        "message_refused" => Help {
            why: &[
                "Um filtro a tomou por spam, ou ela viola uma regra sobre remetente, links ou anexos.",
                "O domínio do remetente pode falhar em SPF, DKIM ou DMARC.",
            ],
            advice: &[
                "Leia a resposta do servidor: ela costuma citar a regra.",
                "Teste com um texto simples e curto. Se passar, o motivo é o conteúdo; se não, é o remetente.",
            ],
        },
        "no_confirmation" => Help {
            why: &[
                "O servidor ainda verificava a mensagem, por exemplo em busca de vírus.",
                "A conexão caiu no último instante.",
            ],
            advice: &[
                "Consulte a caixa do destinatário e o log do servidor antes de reenviar: uma nova tentativa pode chegar em dobro.",
                "Se acontecer com frequência, pergunte ao administrador do servidor por que a resposta demora tanto.",
            ],
        },
        _ => return None,
    })
}
