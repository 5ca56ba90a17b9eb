//! Portuguese of Brazil: what all pages share, the frame, and the smaller pages.

use crate::{
    Audit, Common, Conflict, Connector, Credential, Frame, Keys, Parameters, Password, People, Token, User,
    number::{digits, with_points},
};
use domain::{Role, credential::CredentialKind, destination::Place};

pub const COMMON: Common = Common {
    yes: "Sim",
    no: "Não",
    none: "Nenhum",
    save: "Salvar",
    saving: "Salvando…",
    cancel: "Cancelar",
    close: "Fechar",
    new: "Novo",
    edit: "Editar",
    view: "Ver",
    delete: "Excluir",
    actions: "Ações",
    more_actions: "Mais ações",
    retry: "Tentar de novo",
    loading: "Carregando…",
    reload: "Recarregar",
    crashed: "Esta página parou de funcionar. O que foi salvo está seguro.",
    late: "Uma parte desta página não pôde ser buscada: a conexão se perdeu, ou a sua sessão terminou. Está sendo tentado de novo.",
    dismiss: "Dispensar",
    name: "Nome",
    choose: "Escolha…",
    discard_title: "Descartar as alterações?",
    discard_text: "O que você mudou aqui não foi salvo.",
    discard: "Descartar",
    undo: "Desfazer",
    undone: "Desfeito.",
    keep_editing: "Continuar editando",
    read_only: "Você pode ver estas configurações. Só um administrador pode mudá-las.",
    row_gone: "Isto não existe mais. A lista foi atualizada.",
    unknown_option: |id| format!("Não existe mais ({id})"),
    deleted: |name| format!("Excluído: {name}."),
    saved: |name| format!("Salvo: {name}."),
};

pub const FRAME: Frame = Frame {
    product: "Postroom",
    skip: "Ir para o conteúdo",
    products: "Produtos",
    language: "Idioma",
    settings: "Configurações",
    email: "E-mail",
    connections: "Conexões",
    system: "Sistema",
    theme: "Tema",
    theme_system: "Do sistema",
    theme_light: "Claro",
    theme_dark: "Escuro",
    theme_contrast: "Alto contraste",
    keys: "Atalhos de teclado",
    density: "Densidade",
    density_comfortable: "Confortável",
    density_compact: "Compacta",
    sign_out: "Sair",
    sign_in: "Entrar",
    side: "Configurações",
    not_found: "Página não encontrada",
    not_found_text: "Não há nada neste endereço. A página pode ter mudado de lugar, ou o link pode estar errado.",
    to_start: "Ir para Configuração de SMTP",
    password: "Alterar senha",
    parameters: "Parâmetros",
    new_token: "Novo token",
    incidents: |count| if count <= 1 { "incidente" } else { "incidentes" },
    incident_list: "Incidentes",
};

pub const KEYS: Keys = Keys {
    title: "Atalhos de teclado",
    search: "Ir para a pesquisa",
    new: "Novo",
    rows: "Da pesquisa para as linhas, e de linha em linha",
    edit: "Editar a linha",
    test: "Testar a conta",
    sheet: "Estes atalhos",
    sheet_always: "Estes atalhos, sempre",
    click: "clique",
    sort: "No título de uma coluna: ordenar também por ela",
    close: "Fechar uma janela ou um menu",
    single: "Atalhos de uma só tecla",
    single_hint: "As teclas acima que são pressionadas sozinhas.",
};

pub const CONFLICT: Conflict = Conflict {
    title: "Outra pessoa salvou isto enquanto isso",
    text: "Nada se perdeu: aqui está o que difere. Fique com a sua versão, use a da outra pessoa ou continue editando.",
    same: "As duas versões dizem o mesmo. Salvar de novo é seguro.",
    field: "Campo",
    mine: "Sua",
    theirs: "Salva enquanto isso",
    keep_mine: "Ficar com a minha",
    take_theirs: "Usar a da outra pessoa",
    entered: "Um novo",
    kept: "O guardado",
    renewed: "Outra pessoa acabou de salvar isto. A janela mostra o que está guardado agora.",
    gone: "Outra pessoa excluiu isto enquanto isso. O que você digitou ainda está aqui.",
};

pub const CREDENTIAL: Credential = Credential {
    new: "Nova credencial",
    edit: "Editar credencial",
    kind: "Tipo",
    user_name: "Nome de usuário",
    secret: "Segredo",
    secret_new: "É guardado criptografado. Pode ser trocado, nunca lido de volta.",
    secret_keep: "Deixe em branco para manter o segredo guardado. Ele pode ser trocado, nunca lido de volta.",
    tenant: "Locatário (tenant)",
    tenant_hint: "O ID do diretório, ou um domínio dele.",
    client_id: "ID do cliente",
    token_url: "Emissor de tokens",
    scope: "Escopo",
    usual_hint: "Em branco: o próprio do provedor.",
    grant: "Concessão (grant)",
    client_secret: "Segredo do cliente",
    key_file: "Arquivo de chave (JSON)",
    refresh_token: "Refresh token",
    kind_text: |kind| match kind {
        CredentialKind::Password => "",
        CredentialKind::MicrosoftClientCredentials => {
            "O nome de usuário é a caixa postal em cujo nome se envia. No Entra, um aplicativo com a permissão SMTP.SendAsApp e o consentimento de um administrador; no Exchange Online, a entidade de serviço dele com acesso total à caixa postal, e o SMTP AUTH ativado para ela."
        }
        CredentialKind::GoogleServiceAccount => {
            "O nome de usuário é a caixa postal em cujo nome se envia. No Google Cloud, uma conta de serviço com uma chave JSON; no Admin Console, a delegação em todo o domínio do ID do cliente dela para o escopo https://mail.google.com/."
        }
        CredentialKind::GoogleRefreshToken => {
            "O nome de usuário é a caixa postal em cujo nome se envia. Um cliente OAuth do Google Cloud, e o refresh token com que o usuário dele concordou. Enquanto a tela de consentimento está em teste, um refresh token vence depois de sete dias."
        }
        CredentialKind::OauthTokenEndpoint => {
            "O nome de usuário é a caixa postal em cujo nome se envia. Qualquer emissor conforme a RFC 6749 cujos tokens o servidor de e-mail aceite com XOAUTH2 ou OAUTHBEARER."
        }
    },
    used_by: "Usada por",
    bound_to: "O segredo pode ser enviado a",
    bound_text: "O primeiro uso o vincula a um servidor.",
    place,
};

pub const CONNECTOR: Connector = Connector {
    new: "Novo conector de rede",
    edit: "Editar conector de rede",
    kind: "Tipo",
    host: "Host",
    port: "Porta",
    credential: "Credencial",
    enabled: "Ativo",
    credential_hint: "Só se o conector pedir uma.",
    secret_hint: "O segredo desta credencial ainda não foi usado com este conector. Informe-o de novo.",
    host_hint: "Os nomes atrás do conector são resolvidos do lado de lá.",
    used_by: "Usado por",
    test: "Testar",
    testing: |name| format!("Testando {name}…"),
    answered: |name, ms| format!("{name} responde, em {} ms.", with_points(ms)),
    silent: |name| format!("{name} não responde como deveria."),
};

pub const USER: User = User {
    new: "Novo usuário",
    edit: "Editar usuário",
    name: "Nome de usuário",
    role: "Papel",
    password: "Senha",
    password_new: "Pelo menos 12 caracteres.",
    password_keep: "Deixe em branco para manter a senha atual. Pelo menos 12 caracteres.",
    enabled: "Ativo",
    role_hint: |role| match role {
        Role::Viewer => "Lê.",
        Role::Operator => "Lê e testa.",
        Role::Administrator => "Lê, testa e muda tudo.",
    },
    never: "Nunca",
};

pub const TOKEN: Token = Token {
    new: FRAME.new_token,
    tabs: "Pessoas e programas",
    made: |name| format!("O token “{name}”. Copie-o agora: ele não será mostrado de novo."),
    copy: "Copiar",
    copied: "O token foi copiado.",
    copy_by_hand: "O navegador não permite copiar aqui. O token está selecionado: pressione Ctrl+C.",
    revoke: "Revogar",
    revoked: |name| format!("O token {name} foi revogado."),
};

pub const AUDIT: Audit = Audit {
    intro: "Toda alteração e todo teste: quem, quando, de onde, o que era e o que é.",
    more: |count| {
        let lines = with_points(count as u64);
        if count <= 1 { format!("Mais {lines} linha") } else { format!("Mais {lines} linhas") }
    },
};

pub const PARAMETERS: Parameters = Parameters {
    title: FRAME.parameters,
    footer: "Texto do rodapé",
    footer_hint: "É acrescentado ao corpo das mensagens de contas com Habilitar rodapé.",
    footer_html: "Rodapé em HTML",
    footer_html_hint: "Para mensagens que têm corpo em HTML. Em branco: usa-se o texto.",
    retention: "Guardar mensagens (dias)",
    retention_hint: "Uma mensagem da Caixa de saída é excluída tantos dias depois de ter chegado ao fim.",
    health: "Verificação de saúde",
    health_text: "De tempos em tempos, cada conta ativa é experimentada até o ponto em que uma mensagem seria entregue. Nada é enviado. Só o que muda é relatado: uma conta que falha, que falha de outra maneira, que volta a funcionar, e um certificado que vence em 30, 14 ou 3 dias.",
    health_hours: "Verificar a cada (horas)",
    health_hours_hint: "De 1 a 168. Em branco: nunca.",
    health_recipients: "Relatar a",
    health_recipients_hint: "Endereços de e-mail, um por linha. O primeiro é o destinatário sobre o qual se pergunta aos servidores.",
    health_account: "Relatar pela conta",
    health_account_hint: "Se essa conta for a que falha, usa-se outra que funcione.",
    health_default: "Conta padrão",
    saved: "Os parâmetros foram salvos.",
    left: |count| {
        let characters = with_points(count as u64);
        if count <= 1 {
            format!("{characters} caractere restante")
        } else {
            format!("{characters} caracteres restantes")
        }
    },
};

pub const PASSWORD: Password = Password {
    title: FRAME.password,
    current: "Senha atual",
    new: "Nova senha",
    repeat: "Repita a nova senha",
    saved: "A sua senha foi alterada. As suas outras sessões terminaram.",
};

pub const PEOPLE: People = People {
    sign_in: "Entrar",
    user_name: "Nome de usuário",
    password: "Senha",
    single_sign_on: "Entrar com login único",
    wrong: "O nome de usuário ou a senha não está certo.",
    too_many: |seconds| match seconds {
        "" => "Tentativas demais. Espere um momento e tente de novo.".to_owned(),
        "0" | "1" => format!("Tentativas demais. Tente de novo em {seconds} segundo."),
        seconds => format!("Tentativas demais. Tente de novo em {} segundos.", digits(seconds, with_points)),
    },
    failed: "Não foi possível entrar. Tente de novo.",
    setup: "Configurar o Postroom",
    setup_text: "Crie o primeiro administrador. Este link funciona uma única vez.",
    setup_button: "Criar administrador",
    setup_no_token: "O link de instalação é impresso quando o Postroom inicia pela primeira vez. Abra esse link.",
    password_hint: "Pelo menos 12 caracteres. Uma frase é mais fácil de lembrar do que um enigma.",
};

fn place(place: &Place<'_>) -> String {
    let protection = match (place.security, place.certificate) {
        ("none", _) => "sem criptografia",
        ("starttls", "ignored") => "TLS (STARTTLS), certificado não verificado",
        ("starttls", _) => "TLS (STARTTLS), certificado verificado",
        (_, "ignored") => "SSL, certificado não verificado",
        _ => "SSL, certificado verificado",
    };
    let Place { host, port, .. } = place;
    match place.connector {
        None => format!("{host}, porta {port}, {protection}"),
        Some((kind, proxy, proxy_port)) => {
            let kind = super::columns::code(kind).unwrap_or(kind);
            format!("{host}, porta {port}, {protection}, por {kind} {proxy}:{proxy_port}")
        }
    }
}
