//! Portuguese of Brazil: portals.

use super::errors::token;
use crate::shape::{Embedding, Framed};
use domain::portal::origin::Trouble;

pub const FRAMED: Framed = Framed {
    waiting: "Aguardando a entrada pelo portal…",
    ended: "A sua entrada pelo portal terminou. Recarregue a página do portal para continuar.",
    nobody: "Nenhum portal pode enquadrar esta página: a lista de origens permitidas está vazia (--embed-origins).",
    not_framed: "Esta página é feita para ficar no quadro de um portal, e não está em nenhum.",
    open_alone: "Abrir o próprio Postroom",
    refused: |reason| format!("A entrada pelo portal foi recusada: {} ({reason})", reason_text(reason)),
    no_token: |origins| {
        format!(
            "O portal em volta desta página não respondeu. Ele tem de ser um destes: {origins}, e entregar um token \
             quando ouvir 'token-needed'."
        )
    },
};

fn reason_text(reason: &str) -> &'static str {
    match reason {
        "too_many" => "tokens demais foram recusados; será tentado de novo mais tarde.",
        "unreachable" => "não foi possível alcançar o servidor; está sendo tentado de novo.",
        "internal" => "o servidor não soube dizer por quê.",
        reason => token(reason),
    }
}

pub const EMBEDDING: Embedding = Embedding {
    title: "Portais",
    text: "Portais de administração de outros podem mostrar estas páginas em um quadro. O que está configurado aqui fica \
           nas configurações do servidor; nada disso pode ser mudado em um navegador.",
    origins: "Podem enquadrar",
    nobody: "Ninguém (--embed-origins está vazio)",
    address: "Endereço",
    address_unknown: "O que está no seu navegador (--public-url não está definido)",
    token: "Entrada por token",
    proxy: "Entrada pelo cabeçalho de um proxy",
    oidc: "Login único",
    theme_file: "Arquivo de tema",
    off: "Desligado",
    on: "Ligado",
    secret: "HS256 com segredo compartilhado",
    audience: |audience| format!("público {audience}"),
    issuer: |issuer| format!("emissor {issuer}"),
    keys_at: |place| format!("chaves de {place}"),
    from_addresses: |header, addresses| format!("{header} de {addresses}"),
    role_from: |header| format!("papel de {header}"),
    proxy_secret: "com o segredo do proxy",
    snippet: "Para a página do portal",
    snippet_hint: "Cole onde o relatório deve ficar. A função pede um token ao servidor do próprio portal.",
    copy: "Copiar",
    copied: "O trecho foi copiado.",
    copy_by_hand: "O navegador não permite copiar aqui: selecione o texto e copie-o manualmente.",
    try_origin: "Esta origem funcionaria?",
    try_hint: "Esquema, host e porta da página do portal, como https://portal.example.com",
    may_frame: |origin| format!("{origin} pode enquadrar estas páginas."),
    trouble,
};

fn trouble(trouble: Trouble, near: &str) -> String {
    match trouble {
        Trouble::Empty => "Digite uma origem.".to_owned(),
        Trouble::Wildcard => "Um curinga nunca funciona: cada origem é listada por si.".to_owned(),
        Trouble::Null => {
            "null é o que um navegador diz de um arquivo, ou de um quadro em um sandbox sem allow-same-origin. \
             Não pode ser permitido: qualquer um pode ser null."
                .to_owned()
        }
        Trouble::Scheme => "Uma origem começa com https:// ou http://.".to_owned(),
        Trouble::Path => "Uma origem termina com o host ou a porta: deixe fora o caminho, e a barra também.".to_owned(),
        Trouble::UserInfo => "Uma origem não contém nome de usuário.".to_owned(),
        Trouble::Host => "O que vem depois de :// não é um nome de host nem um endereço.".to_owned(),
        Trouble::Port => "A porta não é um número de 1 a 65535.".to_owned(),
        Trouble::OtherScheme => {
            format!("{near} está na lista: o esquema é outro, e os navegadores o comparam exatamente.")
        }
        Trouble::OtherPort => format!("{near} está na lista: a porta é outra, e os navegadores a comparam exatamente."),
        Trouble::OtherHost => {
            format!(
                "{near} está na lista: um domínio não vale pelos seus subdomínios, nem um subdomínio pelo seu domínio."
            )
        }
        Trouble::NotListed => "Não está na lista de --embed-origins.".to_owned(),
        Trouble::NobodyListed => "Ninguém está na lista: --embed-origins está vazio.".to_owned(),
    }
}
