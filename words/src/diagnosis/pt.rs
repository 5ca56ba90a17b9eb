//! Portuguese of Brazil: a diagnosis. The sentences stand in `pt/`; here are the steps, the classes and the buttons.

mod connector;
mod enhanced;
mod happened;
mod login;
mod mail;
mod protection;
mod reach;
mod token;

use super::{Happened, Help, Texts};
use domain::{diagnosis::FaultClass, session_test::Step};

pub(crate) static HAPPENED: Happened = Happened {
    find: happened::happened,
    other: "A sessão não pôde continuar[ nesta etapa: {stage}].",
    stage,
    moment: crate::number::day_first,
    number: crate::number::with_points,
};

pub(super) static TEXTS: Texts = Texts {
    happened: &HAPPENED,
    help,
    other,
    class,
    enhanced: enhanced::meaning,
    means: "[O código de status estendido {code} significa: {meaning}]",
    will_retry: "A resposta do servidor começa com 4: a recusa é temporária, e as notificações são tentadas de novo automaticamente.",
    will_not_pass: "A resposta do servidor começa com 5: a recusa é permanente, e a mesma mensagem será recusada de novo até que algo mude.",
};

fn help(code: &str) -> Option<Help> {
    [reach::help, connector::help, protection::help, login::help, token::help, mail::help]
        .into_iter()
        .find_map(|help| help(code))
}

fn other(class: FaultClass) -> Help {
    match class {
        FaultClass::Temporary => Help {
            why: &["O obstáculo deve ser passageiro: um limite, uma carga ou uma perturbação da rede."],
            advice: &["Espere alguns minutos e teste de novo. As notificações são tentadas de novo automaticamente."],
        },
        FaultClass::Permanent => Help {
            why: &["O servidor, ou uma regra dele, não permite esta mensagem ou esta sessão."],
            advice: &["Leia a resposta do servidor e a transcrição e mostre-as ao administrador do servidor."],
        },
        FaultClass::Settings => Help {
            why: &["Uma configuração da conta, ou algo em volta desta máquina, não combina com o servidor."],
            advice: &[
                "Compare “Host SMTP”, “Porta”, “Tipo de conexão segura” e a credencial com as instruções do provedor.",
            ],
        },
    }
}

pub(crate) const fn stage(step: Step) -> &'static str {
    match step {
        Step::Dns => "Consultar o nome",
        Step::Connector => "Passar pelo conector",
        Step::Tcp => "Conectar",
        Step::Greeting => "Saudação do servidor",
        Step::Ehlo => "Apresentar-se (EHLO)",
        Step::Tls => "Criptografar (TLS)",
        Step::Auth => "Fazer login",
        Step::Mail => "Remetente aceito (MAIL FROM)",
        Step::Rcpt => "Destinatário aceito (RCPT TO)",
        Step::Data => "Entregar a mensagem (DATA)",
        Step::Quit => "Despedir-se (QUIT)",
    }
}

/// Why a connection failed, in brackets: for what has no room for a sentence.
pub(crate) fn cause(code: &str) -> Option<&'static str> {
    Some(match code {
        "connection_refused" => "recusada",
        "connect_timeout" => "sem resposta",
        "unreachable" => "sem rota",
        "connection_reset" => "cortada",
        "connection_closed" => "fechada",
        "tls_timeout" => "TLS sem resposta",
        "tls_failed" => "falha no TLS",
        "tls_plaintext_port" => "sem TLS ali",
        "internal" => "um problema desta máquina",
        _ => return None,
    })
}

const fn class(class: FaultClass) -> &'static str {
    match class {
        FaultClass::Temporary => "Pode funcionar mais tarde, sem mudanças.",
        FaultClass::Permanent => "Não vai funcionar sem mudanças.",
        FaultClass::Settings => "É preciso mudar as configurações, ou o que está em volta delas.",
    }
}

pub(super) fn remedy(code: &str) -> &'static str {
    match code {
        "use_implicit_tls" => "Mudar para SSL[ na porta {port}]",
        "use_starttls" => "Mudar para TLS (STARTTLS)[ na porta {port}]",
        "use_clear_text" => "Mudar para uma conexão sem criptografia[ na porta {port}]",
        "enable_authentication" => "Ativar a autenticação",
        "use_host" => "Usar [{host} como ]host",
        "trust_ca" => "Confiar nesta autoridade para esta conta",
        "pin_certificate" => "Confiar exatamente neste certificado",
        _ => "Preencher as configurações propostas",
    }
}
