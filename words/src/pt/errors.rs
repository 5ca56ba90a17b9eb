//! Portuguese of Brazil: what is wrong with a field, and why a request was not carried out.

use super::columns;
use crate::number::{digits, with_points};
use domain::{Failure, FieldError, account::Hint, report::ReportName, value::Label};

pub fn field_error(error: &FieldError) -> String {
    let param = |index: usize| error.params.get(index).map_or("", String::as_str);
    let number = |index: usize| digits(param(index), with_points);
    match error.code.as_str() {
        "required" => "Este campo é obrigatório.".to_owned(),
        "too_long" if matches!(error.field.as_str(), "name") => {
            format!("No máximo {} caracteres.", Label::MAX_CHARS)
        }
        "too_long" => "Isto é longo demais.".to_owned(),
        "range" => format!("Este é um número de {} a {}.", number(0), number(1)),
        "control_character" => "Quebras de linha e caracteres de controle não podem ficar aqui.".to_owned(),
        "name_taken" => "Este nome já está em uso. Maiúsculas e minúsculas não fazem diferença.".to_owned(),
        "port_range" => "Uma porta é um número de 1 a 65535.".to_owned(),
        "host_space" => "Um nome de host não tem espaços.".to_owned(),
        "host_url" => "Isto é um endereço da web. Aqui cabe só o nome do host.".to_owned(),
        "host_user" => "A parte antes do @ pertence à credencial.".to_owned(),
        "host_port" => "A porta tem um campo próprio.".to_owned(),
        "host_ipv4" => "Parece um endereço IPv4 e não é.".to_owned(),
        "host_ipv6" => "Parece um endereço IPv6 e não é.".to_owned(),
        "host_zone" => "Uma zona IPv6 (%…) só tem sentido em uma máquina.".to_owned(),
        "host_name" => "Isto não é um nome de host.".to_owned(),
        "host_too_long" => "Este nome de host é longo demais.".to_owned(),
        "email_missing" => "Um endereço de e-mail tem uma parte antes e uma depois de um @.".to_owned(),
        "email_not_bare" => "Aqui cabe um único endereço simples: sem nome, sem lista.".to_owned(),
        "email_local" => "A parte antes do @ tem um caractere que não pode ficar ali.".to_owned(),
        "email_local_too_long" => "A parte antes do @ é longa demais (64 no máximo).".to_owned(),
        "email_quoted_local" => {
            "Esta forma entre aspas não pode ser enviada: sem barra invertida nem aspas dentro, só ASCII.".to_owned()
        }
        "email_domain" => "A parte depois do @ não é um domínio.".to_owned(),
        "email_too_long" => "Um endereço de e-mail tem no máximo 254 caracteres.".to_owned(),
        "default_must_be_enabled" => "A conta padrão tem de estar ativa.".to_owned(),
        "default_required" | "default_account" => {
            "Tem de haver uma conta padrão. Em vez disso, torne outra conta a padrão.".to_owned()
        }
        "secret_again" | "secret_needed" => {
            "Informe o segredo de novo: ele ainda não foi usado com este servidor e estas configurações.".to_owned()
        }
        "secret_in_credential" => {
            "Informe o refresh token e o segredo do cliente na janela da própria credencial.".to_owned()
        }
        "secret_again_settings" => "Aquilo com que ele é usado mudou: informe o segredo de novo.".to_owned(),
        "tenant_form" => "Um locatário (tenant) é um ID ou um domínio.".to_owned(),
        "https_url" => "É preciso um endereço que comece com https://.".to_owned(),
        "key_file" => "Cole o arquivo JSON inteiro da chave da conta de serviço.".to_owned(),
        "credential_for_mail" => {
            "Esta credencial é para servidores de e-mail: um conector precisa de nome de usuário e senha.".to_owned()
        }
        "certificate_missing" => "Não há certificado nisto. Ele começa com -----BEGIN CERTIFICATE-----.".to_owned(),
        "certificate_broken" => {
            "Não é possível ler este certificado. Cole-o inteiro, com a primeira e a última linha.".to_owned()
        }
        "certificate_too_many" => "Certificados demais: 10 no máximo.".to_owned(),
        "private_key" => {
            "Isto é uma chave privada. Aqui cabem só certificados; deixe a chave onde ela está.".to_owned()
        }
        "fingerprint_form" => {
            "Uma impressão digital SHA-256 tem 64 dígitos hexadecimais, com ou sem dois-pontos.".to_owned()
        }
        "secret_again_user" => "Para outro nome de usuário, informe o segredo de novo.".to_owned(),
        "secret_nul" => "Um segredo não pode conter um caractere NUL.".to_owned(),
        "secret_wrong" => "Este não é o segredo guardado. Para trocá-lo, edite a credencial.".to_owned(),
        "not_found" | "unknown" => "Isto não existe mais. Escolha outra opção.".to_owned(),
        "disabled" => "Isto está inativo.".to_owned(),
        "password_short" => format!("Pelo menos {} caracteres.", domain::user::MIN_PASSWORD_CHARS),
        "password_repeat" => "Não é igual à nova senha.".to_owned(),
        "password_wrong" => "A senha atual não está certa.".to_owned(),
        "too_many" => format!("No máximo {} podem ficar aqui.", number(0)),
        "force_settings" => {
            format!("A conta {} obriga o uso da própria configuração: uma mensagem não pode ter outra.", param(0))
        }
        "failover_self" => "Uma conta não pode substituir a si mesma.".to_owned(),
        "attachment_name_required" => "Todo arquivo precisa de um nome.".to_owned(),
        "attachment_name" => "Isto não é um nome de arquivo.".to_owned(),
        "media_type" => "Um tipo de mídia é tipo/subtipo, e nem multipart nem message.".to_owned(),
        "base64" => "O conteúdo de um arquivo tem de estar em base64.".to_owned(),
        "message_too_large" => format!("A mensagem tem {} octetos; o máximo é {}.", number(1), number(0)),
        "idempotency_key" => "Uma chave tem de 1 a 255 caracteres ASCII visíveis.".to_owned(),
        "date" => "Uma data é AAAA-MM-DD, e tem de existir.".to_owned(),
        "time_of_day" => "Uma hora é HH:MM, de 00:00 a 23:59.".to_owned(),
        "time_zone" => "Não há esse fuso horário. Eles têm nomes como America/Sao_Paulo.".to_owned(),
        "end_before_start" => "O fim vem antes do início.".to_owned(),
        "days_required" => "Escolha pelo menos um dia.".to_owned(),
        "unknown_filter" => format!("Este relatório não tem o campo de busca {}.", label(columns::search, param(0))),
        "unreadable_filter" => {
            format!("Não é possível ler o que está no campo de busca {}.", label(columns::search, param(0)))
        }
        "unknown_column" => format!("Este relatório não tem a coluna {}.", label(columns::column, param(0))),
        "unknown_sort" => format!("Este relatório não pode ser ordenado por {}.", label(columns::column, param(0))),
        "ip_address" => "Aqui cabem endereços IP, separados por vírgulas: 192.0.2.1, 2001:db8::1.".to_owned(),
        "selector" => "Um seletor é parte de um nome, como s1 ou s1._domainkey.example.com.".to_owned(),
        "ids" => "Números, listas e intervalos: 3, 7, 10-20.".to_owned(),
        "unreadable" => "Não é possível ler isto. Uma data é AAAA-MM-DD.".to_owned(),
        "forbidden" | "destination_forbidden" => {
            format!("O operador deste servidor não permite este destino. {}", param(0)).trim_end().to_owned()
        }
        other => format!("Este valor não é aceito ({other})."),
    }
}

/// What a search field or a column is called, where it has a name. Which report it is about is not told; most call it the same.
fn label(named: fn(ReportName, &str) -> &'static str, key: &str) -> &str {
    match named(ReportName::Accounts, key) {
        "?" => key,
        name => name,
    }
}

pub fn failure(failure: &Failure) -> String {
    match failure {
        Failure::SignedOut => {
            "A sua sessão terminou. Entre de novo em outra aba e depois tente de novo aqui.".to_owned()
        }
        Failure::Forbidden => "O seu papel não permite isto.".to_owned(),
        Failure::NotFound => "Isto não existe mais.".to_owned(),
        Failure::Invalid { errors } => errors.0.first().map_or_else(
            || "Alguns campos precisam de correção.".to_owned(),
            |first| format!("Alguns campos precisam de correção: {}", field_error(first)),
        ),
        Failure::Conflict { .. } => "Outra pessoa mudou isto enquanto isso.".to_owned(),
        Failure::Refused { code, params } => refusal(code, &params.join(", ")),
        Failure::TooMany { retry_after_s: seconds @ (0 | 1) } => {
            format!("Tentativas demais. Tente de novo em {seconds} segundo.")
        }
        Failure::TooMany { retry_after_s } => {
            format!("Tentativas demais. Tente de novo em {} segundos.", with_points(*retry_after_s))
        }
        Failure::Full => "O disco do servidor está cheio. Nada foi salvo.".to_owned(),
        Failure::Internal { reference } if reference.is_empty() => "Algo deu errado no servidor.".to_owned(),
        Failure::Internal { reference } => {
            format!("Algo deu errado no servidor. O log dele o registra como {reference}.")
        }
        Failure::Unreachable => "Não é possível alcançar o servidor. Verifique a conexão e tente de novo.".to_owned(),
    }
}

fn refusal(code: &str, by: &str) -> String {
    let (state, number) = (columns::code(by).unwrap_or(by), digits(by, with_points));
    match code {
        "default_account" | "default_delete" | "default_disable" => {
            "Esta é a conta padrão: não pode ser excluída nem desativada. Antes, torne outra conta a padrão.".to_owned()
        }
        "default_disabled" | "disabled" | "not_enabled" => {
            "Uma conta inativa não pode ser a padrão. Ative-a primeiro.".to_owned()
        }
        "in_use" => format!("Está em uso por {by}. Mude isso primeiro."),
        "too_many_views" => format!("Já existem {number} visões, e não se guardam mais. Exclua uma antes."),
        "last_administrator" => "Pelo menos um administrador tem de poder entrar.".to_owned(),
        "own_account" | "self" | "yourself" => {
            "Não é possível fazer isto com o usuário com que você entrou.".to_owned()
        }
        "setup_closed" | "setup_token" | "token" => "Este link de instalação não é (ou não é mais) válido.".to_owned(),
        "oidc_state" => {
            "Esta entrada demorou demais, já foi usada ou começou em outro navegador. Comece de novo.".to_owned()
        }
        "oidc_denied" => "O provedor de login não identificou ninguém.".to_owned(),
        "oidc_provider" => {
            "O provedor de login não pode ser usado no momento. O log do servidor diz por quê.".to_owned()
        }
        "oidc_token" => "O que o provedor de login enviou não é confiável. O log do servidor diz por quê.".to_owned(),
        "oidc_role" => {
            "O provedor de login conhece você, mas não lhe dá um papel no Postroom. Peça um a quem o administra."
                .to_owned()
        }
        "no_default_account" => "Não há conta padrão, e a mensagem não indica nenhuma.".to_owned(),
        "account_disabled" => format!("A conta {by} está inativa."),
        "idempotency_key_reused" => {
            format!("A chave {by} foi usada para outra mensagem. Uma nova mensagem precisa de uma nova chave.")
        }
        "message_status" => format!("O estado da mensagem não permite isto ({state})."),
        "message_not_ended" => {
            format!("A mensagem não chegou ao fim ({state}). Depois disso ela pode ser enviada de novo.")
        }
        "count_changed" => "Não correspondem tantas linhas quanto no momento da escolha. Nada foi feito.".to_owned(),
        "stopping" => "O servidor está sendo encerrado. Tente de novo em breve.".to_owned(),
        "message_too_large" => {
            format!("O relatório é grande demais para ser enviado: mais de {number} MB. Filtre-o mais.")
        }
        "too_many_rows" => {
            format!("O relatório é longo demais para um PDF: mais de {number} linhas. Filtre-o, ou escolha CSV.")
        }
        "not_made" => "Não foi possível gerar o relatório. O log do servidor diz por quê.".to_owned(),
        "embed_token" => format!("O portal não conseguiu fazer você entrar: {}", token(by)),
        "busy" => "Isto já está em execução.".to_owned(),
        other if by.is_empty() => format!("O servidor recusou isto ({other})."),
        other => format!("O servidor recusou isto ({other}: {by})."),
    }
}

/// Why a portal's token is refused: for whoever looks after the portal.
pub const fn token(reason: &str) -> &'static str {
    match reason.as_bytes() {
        b"malformed" => "não é possível ler o token dele.",
        b"algorithm" => "o token dele não está assinado com o algoritmo a que a chave se destina.",
        b"key" => "a chave com que o token dele está assinado não é conhecida aqui.",
        b"signature" => "o token dele não está assinado com a chave conhecida aqui.",
        b"audience" => "o token dele se destina a outro.",
        b"issuer" => "o token dele foi emitido por outro.",
        b"expired" => "o token dele expirou.",
        b"not_yet" => "o token dele é do futuro; um dos relógios está errado.",
        b"too_long" => "o token dele vale por mais de dez minutos.",
        b"claims" => "falta uma informação no token dele, ou alguma não é o que deveria ser.",
        b"role" => "o token dele indica um papel que não existe.",
        b"replayed" => "o token dele já foi usado.",
        b"origin" => "a página que o entregou não tem permissão.",
        b"off" => "a entrada por um portal não está configurada aqui.",
        _ => "o token dele foi recusado.",
    }
}

pub const fn hint(hint: Hint) -> &'static str {
    match hint {
        Hint::StartTlsOnImplicitPort => {
            "A porta 465 espera SSL, criptografado desde o primeiro byte. Com TLS, esta combinação não vai funcionar."
        }
        Hint::ImplicitTlsOnStartTlsPort => {
            "A porta 587 começa sem criptografia e espera TLS (STARTTLS). Com SSL, esta combinação não vai funcionar."
        }
        Hint::ClearOnImplicitPort => {
            "A porta 465 espera SSL, criptografado desde o primeiro byte. Sem criptografia, esta combinação não vai funcionar."
        }
        Hint::ImplicitTlsOnRelayPort => {
            "A porta 25 raramente fala SSL. Escolha TLS se o servidor oferecer STARTTLS ali."
        }
        Hint::ImplicitTlsOnAlternatePort => {
            "A porta 2525 costuma substituir a 587: começa sem criptografia e espera TLS (STARTTLS)."
        }
        Hint::LoginOnRelayPort => {
            "A porta 25 é para e-mail entre servidores: muitas redes a bloqueiam, e muitos servidores não aceitam login nela. O login pertence à 465 ou à 587."
        }
        Hint::PasswordInClear => {
            "Nada é criptografado: o Postroom só envia uma senha sem criptografia dentro desta máquina (um endereço de loopback); o login em qualquer outro servidor não vai funcionar."
        }
        Hint::NothingEncrypted => "Nada é criptografado: qualquer um no caminho pode ler e mudar as mensagens.",
        Hint::CertificateIgnored => "O certificado do servidor não é verificado.",
    }
}
