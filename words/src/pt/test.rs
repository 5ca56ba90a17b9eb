//! Portuguese of Brazil: the test window and the steps of an SMTP session.

use crate::{
    History, Test,
    number::{digits, with_points},
};
use domain::session_test::{Fact, Outcome};

pub const TEST: Test = Test {
    window: "E-mail de teste - Conta",
    unsaved: "Valores ainda não salvos",
    to: "Enviar para",
    subject: "Assunto",
    message: "Mensagem",
    default_subject: "MENSAGEM DE TESTE!",
    default_message: "ATENÇÃO: ESTA É UMA MENSAGEM DE TESTE!",
    send: "Enviar",
    steps: "Andamento",
    state: |code| match code {
        "running" => "em andamento",
        "passed" => "passou",
        "failed" => "falhou",
        "skipped" => "pulado",
        _ => "pendente",
    },
    reply: "Resposta do servidor",
    reached: |step| format!("Etapa alcançada: {step}"),
    class: |code| match code {
        "temporary" => "Pode funcionar mais tarde, sem mudanças.",
        "permanent" => "Não vai funcionar sem mudanças.",
        _ => "É preciso mudar as configurações, ou o que está em volta delas.",
    },
    outcome_text: |code| match code {
        "delivered" => "O servidor aceitou a mensagem.",
        "passed" => "Tudo funciona até o destinatário; nada foi enviado.",
        "failed" => "A mensagem não foi enviada.",
        "unknown" => "A mensagem saiu inteira e nenhuma resposta veio: pode ter sido entregue.",
        _ => "O teste foi interrompido.",
    },
    broken: "A conexão com o Postroom terminou antes do teste. O resultado pode aparecer em Último teste.",
    operators_only: "Só operadores e administradores podem testar uma conta.",
    check_only: "Só verificar",
    settings_read: "Ler as configurações",
    again: "de novo",
    fact,
    certificates: |count| match count {
        0 => "0 certificado".to_owned(),
        1 => "Certificado".to_owned(),
        count => format!("{} certificados", with_points(count as u64)),
    },
    certificate_subject: "Titular",
    certificate_names: "Para",
    certificate_issuer: "Emitido por",
    certificate_self: "si mesmo (autoassinado)",
    certificate_valid: "Validade",
    certificate_key: "Chave",
    certificate_fingerprint: "SHA-256",
    lines: |count| {
        if count <= 1 {
            format!("{count} linha trocada")
        } else {
            format!("{} linhas trocadas", with_points(count as u64))
        }
    },
    message_octets: |octets| format!("(a mensagem: {} octetos)", digits(octets, with_points)),
    why: "Por quê",
    advice: "O que fazer",
    language: "Idioma da explicação",
    copy_transcript: "Copiar transcrição",
    copied: "A transcrição está na área de transferência.",
    not_copied: "O navegador não deixou a transcrição ir para a área de transferência.",
};

fn fact(fact: &Fact) -> String {
    let p = |index: usize| fact.params.get(index).map_or("", String::as_str);
    let n = |index: usize| digits(p(index), with_points);
    match fact.code.as_str() {
        "attempt" => format!(
            "{} não aceitou a conexão ({}, depois de {} ms).",
            p(0),
            crate::diagnosis::pt::cause(p(2)).unwrap_or(p(2)),
            n(1)
        ),
        "starttls" => "Oferece STARTTLS.".to_owned(),
        "auth" => format!("Oferece login: {}.", p(0)),
        "size" => format!("Aceita mensagens de até {} octetos.", n(0)),
        "crossed_out" => "Há algo no lugar de STARTTLS: um aparelho no caminho o encobre.".to_owned(),
        "mechanism" => format!("{} foi escolhido: o primeiro que usamos do que o servidor oferece ({}).", p(0), p(1)),
        "user_name" => format!("Como {}.", p(0)),
        "token" => format!("O token de acesso chegou depois de {} ms.", n(0)),
        "token_renewed" => format!("O servidor recusou o token de acesso: um novo chegou depois de {} ms.", n(0)),
        "certificate_not_checked" => "O certificado não foi verificado: a conta ignora os erros dele.".to_owned(),
        "certificate_pinned" => "É o certificado que a conta fixou; nada mais dele foi verificado.".to_owned(),
        "queue_id" => format!("O servidor a guarda como {}.", p(0)),
        "octets" => format!("{} octetos saíram.", n(0)),
        _ => String::new(),
    }
}

pub const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "Entregue",
        Outcome::Passed => "Passou",
        Outcome::Failed => "Falhou",
        Outcome::Unknown => "Não se sabe",
        Outcome::Cancelled => "Cancelado",
    }
}

pub const HISTORY: History = History {
    none: "Esta conta ainda não foi testada.",
    test_now: "Testar agora",
    sum: |passed, all| {
        let (some, all_of) = (with_points(passed as u64), with_points(all as u64));
        match (passed, all) {
            (1, 1) => "O único teste passou.".to_owned(),
            (0, 1) => "O único teste falhou.".to_owned(),
            (passed, all) if passed == all => format!("Todos os últimos {all_of} testes passaram."),
            (0 | 1, _) => format!("{some} dos últimos {all_of} testes passou."),
            _ => format!("{some} dos últimos {all_of} testes passaram."),
        }
    },
    seen_last: "Último certificado visto",
    valid_until: "válido até",
    group: |code| match code {
        "reach" => "Nome e conexão",
        "greeting" => "Saudação",
        "tls" => "Criptografia",
        "auth" => "Login",
        "envelope" => "Endereços",
        _ => "Mensagem",
    },
    by: |actor, check| if check { format!("{actor}, só verificação") } else { actor.to_owned() },
};
