//! Spanish: what all pages share, the frame, and the smaller pages.

use crate::{
    Audit, Common, Conflict, Connector, Credential, Frame, Keys, Parameters, Password, People, Token, User,
    number::{digits, with_points_from_five},
};
use domain::{Role, credential::CredentialKind, destination::Place};

pub const COMMON: Common = Common {
    yes: "Sí",
    no: "No",
    none: "Ninguno",
    save: "Guardar",
    saving: "Guardando…",
    cancel: "Cancelar",
    close: "Cerrar",
    new: "Nuevo",
    edit: "Editar",
    view: "Ver",
    delete: "Eliminar",
    actions: "Acciones",
    more_actions: "Más acciones",
    retry: "Reintentar",
    loading: "Cargando…",
    reload: "Recargar",
    crashed: "Esta página ha dejado de funcionar. Lo guardado está a salvo.",
    late: "Una parte de esta página no se puede descargar: se ha perdido la conexión, o su sesión ha terminado. Se está intentando de nuevo.",
    dismiss: "Descartar",
    name: "Nombre",
    choose: "Elija…",
    discard_title: "¿Descartar los cambios?",
    discard_text: "Lo que cambió aquí no se ha guardado.",
    discard: "Descartar",
    undo: "Deshacer",
    undone: "Deshecho.",
    keep_editing: "Seguir editando",
    read_only: "Puede ver esta configuración. Solo un administrador puede cambiarla.",
    row_gone: "Esto ya no existe. La lista se ha actualizado.",
    unknown_option: |id| format!("Ya no existe ({id})"),
    deleted: |name| format!("Eliminado: {name}."),
    saved: |name| format!("Guardado: {name}."),
};

pub const FRAME: Frame = Frame {
    product: "Postroom",
    skip: "Ir al contenido",
    products: "Productos",
    language: "Idioma",
    settings: "Configuración",
    email: "Correo",
    connections: "Conexiones",
    system: "Sistema",
    theme: "Tema",
    theme_system: "Del sistema",
    theme_light: "Claro",
    theme_dark: "Oscuro",
    theme_contrast: "Alto contraste",
    keys: "Atajos de teclado",
    density: "Densidad",
    density_comfortable: "Cómoda",
    density_compact: "Compacta",
    sign_out: "Cerrar sesión",
    sign_in: "Iniciar sesión",
    side: "Configuración",
    not_found: "Página no encontrada",
    not_found_text: "No hay nada en esta dirección. Puede que la página se haya movido, o que el enlace sea erróneo.",
    to_start: "Ir a Configuración de SMTP",
    password: "Cambiar contraseña",
    parameters: "Parámetros",
    new_token: "Nuevo token",
    incidents: |count| if count == 1 { "incidencia" } else { "incidencias" },
    incident_list: "Incidencias",
};

pub const KEYS: Keys = Keys {
    title: "Atajos de teclado",
    search: "Ir a la búsqueda",
    new: "Nuevo",
    rows: "De la búsqueda a las filas, y de fila en fila",
    edit: "Editar la fila",
    test: "Probar la cuenta",
    sheet: "Estos atajos",
    sheet_always: "Estos atajos, siempre",
    click: "clic",
    sort: "En el título de una columna: ordenar también por ella",
    close: "Cerrar una ventana o un menú",
    single: "Atajos de una sola tecla",
    single_hint: "Las teclas de arriba que se pulsan solas.",
};

pub const CONFLICT: Conflict = Conflict {
    title: "Otra persona ha guardado esto entretanto",
    text: "No se ha perdido nada: aquí está lo que difiere. Conserve su versión, tome la de la otra persona o siga editando.",
    same: "Las dos versiones dicen lo mismo. Guardar de nuevo es seguro.",
    field: "Campo",
    mine: "La suya",
    theirs: "Guardada entretanto",
    keep_mine: "Conservar la mía",
    take_theirs: "Tomar la otra",
    entered: "Uno nuevo",
    kept: "El guardado",
    renewed: "Otra persona acaba de guardar esto. La ventana muestra lo que está guardado ahora.",
    gone: "Otra persona lo ha eliminado entretanto. Lo que usted escribió sigue aquí.",
};

pub const CREDENTIAL: Credential = Credential {
    new: "Nueva credencial",
    edit: "Editar credencial",
    kind: "Clase",
    user_name: "Nombre de usuario",
    secret: "Secreto",
    secret_new: "Se guarda cifrado. Se puede sustituir, nunca volver a leer.",
    secret_keep: "Déjelo en blanco para mantener el secreto guardado. Se puede sustituir, nunca volver a leer.",
    tenant: "Inquilino (tenant)",
    tenant_hint: "El identificador del directorio, o un dominio suyo.",
    client_id: "Identificador de cliente",
    token_url: "Emisor de tokens",
    scope: "Ámbito",
    usual_hint: "En blanco: el propio del proveedor.",
    grant: "Concesión (grant)",
    client_secret: "Secreto de cliente",
    key_file: "Archivo de clave (JSON)",
    refresh_token: "Refresh token",
    kind_text: |kind| match kind {
        CredentialKind::Password => "",
        CredentialKind::MicrosoftClientCredentials => {
            "El nombre de usuario es el buzón en cuyo nombre se envía. En Entra, una aplicación con el permiso SMTP.SendAsApp y el consentimiento de un administrador; en Exchange Online, su entidad de servicio con acceso total al buzón, y SMTP AUTH habilitado para ese buzón."
        }
        CredentialKind::GoogleServiceAccount => {
            "El nombre de usuario es el buzón en cuyo nombre se envía. En Google Cloud, una cuenta de servicio con una clave JSON; en la consola de administración, la delegación de todo el dominio de su identificador de cliente para el ámbito https://mail.google.com/."
        }
        CredentialKind::GoogleRefreshToken => {
            "El nombre de usuario es el buzón en cuyo nombre se envía. Un cliente OAuth de Google Cloud, y el refresh token que aprobó su usuario. Mientras la pantalla de consentimiento está en pruebas, un refresh token caduca a los siete días."
        }
        CredentialKind::OauthTokenEndpoint => {
            "El nombre de usuario es el buzón en cuyo nombre se envía. Cualquier emisor conforme a la RFC 6749 cuyos tokens acepte el servidor de correo con XOAUTH2 u OAUTHBEARER."
        }
    },
    used_by: "Usada por",
    bound_to: "El secreto se puede enviar a",
    bound_text: "Su primer uso lo vincula a un servidor.",
    place,
};

pub const CONNECTOR: Connector = Connector {
    new: "Nuevo conector de red",
    edit: "Editar conector de red",
    kind: "Clase",
    host: "Host",
    port: "Puerto",
    credential: "Credencial",
    enabled: "Activo",
    credential_hint: "Solo si el conector pide una.",
    secret_hint: "El secreto de esta credencial no se ha usado antes con este conector. Introdúzcalo de nuevo.",
    host_hint: "Los nombres que hay detrás del conector se resuelven en su otro extremo.",
    used_by: "Usado por",
    test: "Probar",
    testing: |name| format!("Probando {name}…"),
    answered: |name, ms| format!("{name} responde, en {} ms.", with_points_from_five(ms)),
    silent: |name| format!("{name} no responde como debería."),
};

pub const USER: User = User {
    new: "Nuevo usuario",
    edit: "Editar usuario",
    name: "Nombre de usuario",
    role: "Rol",
    password: "Contraseña",
    password_new: "Al menos 12 caracteres.",
    password_keep: "Déjelo en blanco para mantener la contraseña actual. Al menos 12 caracteres.",
    enabled: "Activo",
    role_hint: |role| match role {
        Role::Viewer => "Lee.",
        Role::Operator => "Lee y prueba.",
        Role::Administrator => "Lee, prueba y lo cambia todo.",
    },
    never: "Nunca",
};

pub const TOKEN: Token = Token {
    new: FRAME.new_token,
    tabs: "Personas y programas",
    made: |name| format!("El token «{name}». Cópielo ahora: no se volverá a mostrar."),
    copy: "Copiar",
    copied: "El token se ha copiado.",
    copy_by_hand: "El navegador no permite copiar aquí. El token está seleccionado: pulse Ctrl+C.",
    revoke: "Revocar",
    revoked: |name| format!("El token {name} se ha revocado."),
};

pub const AUDIT: Audit = Audit {
    intro: "Cada cambio y cada prueba: quién, cuándo, desde dónde, qué era y qué es.",
    more: |count| {
        let lines = with_points_from_five(count as u64);
        if count == 1 { "1 línea más".to_owned() } else { format!("{lines} líneas más") }
    },
};

pub const PARAMETERS: Parameters = Parameters {
    title: FRAME.parameters,
    footer: "Texto del pie",
    footer_hint: "Se añade al cuerpo de los mensajes de las cuentas con Habilitar pie.",
    footer_html: "Pie en HTML",
    footer_html_hint: "Para mensajes que tienen cuerpo en HTML. En blanco: se usa el texto.",
    retention: "Conservar mensajes (días)",
    retention_hint: "Un mensaje de la Bandeja de salida se elimina tantos días después de llegar a su fin.",
    health: "Comprobación de estado",
    health_text: "De vez en cuando, cada cuenta activa se prueba hasta el punto en que se entregaría un mensaje. No se envía nada. Solo se informa de lo que cambia: una cuenta que falla, que falla de otra manera, que vuelve a funcionar, y un certificado que caduca en 30, 14 o 3 días.",
    health_hours: "Comprobar cada (horas)",
    health_hours_hint: "De 1 a 168. En blanco: nunca.",
    health_recipients: "Informar a",
    health_recipients_hint: "Direcciones de correo, una por línea. La primera es el destinatario por el que se pregunta a los servidores.",
    health_account: "Informar mediante",
    health_account_hint: "Si esa cuenta es la que falla, se toma otra que funcione.",
    health_default: "Cuenta predeterminada",
    saved: "Los parámetros se han guardado.",
    left: |count| {
        let characters = with_points_from_five(count as u64);
        if count == 1 { "Queda 1 carácter".to_owned() } else { format!("Quedan {characters} caracteres") }
    },
};

pub const PASSWORD: Password = Password {
    title: FRAME.password,
    current: "Contraseña actual",
    new: "Contraseña nueva",
    repeat: "Repita la contraseña nueva",
    saved: "Su contraseña se ha cambiado. Sus demás sesiones han terminado.",
};

pub const PEOPLE: People = People {
    sign_in: "Iniciar sesión",
    user_name: "Nombre de usuario",
    password: "Contraseña",
    single_sign_on: "Iniciar sesión única",
    wrong: "El nombre de usuario o la contraseña no es correcto.",
    too_many: |seconds| match seconds {
        "" => "Demasiados intentos. Espere un momento e inténtelo de nuevo.".to_owned(),
        "1" => "Demasiados intentos. Inténtelo de nuevo en 1 segundo.".to_owned(),
        seconds => {
            let seconds = digits(seconds, with_points_from_five);
            format!("Demasiados intentos. Inténtelo de nuevo en {seconds} segundos.")
        }
    },
    failed: "No se pudo iniciar sesión. Inténtelo de nuevo.",
    setup: "Configurar Postroom",
    setup_text: "Cree el primer administrador. Este enlace funciona una sola vez.",
    setup_button: "Crear administrador",
    setup_no_token: "El enlace de instalación se imprime cuando Postroom arranca por primera vez. Abra ese enlace.",
    password_hint: "Al menos 12 caracteres. Una frase es más fácil de recordar que un acertijo.",
};

fn place(place: &Place<'_>) -> String {
    let protection = match (place.security, place.certificate) {
        ("none", _) => "sin cifrar",
        ("starttls", "ignored") => "TLS (STARTTLS), certificado sin comprobar",
        ("starttls", _) => "TLS (STARTTLS), certificado comprobado",
        (_, "ignored") => "SSL, certificado sin comprobar",
        _ => "SSL, certificado comprobado",
    };
    let Place { host, port, .. } = place;
    match place.connector {
        None => format!("{host}, puerto {port}, {protection}"),
        Some((kind, proxy, proxy_port)) => {
            let kind = super::columns::code(kind).unwrap_or(kind);
            format!("{host}, puerto {port}, {protection}, por {kind} {proxy}:{proxy_port}")
        }
    }
}
