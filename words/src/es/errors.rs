//! Spanish: what is wrong with a field, and why a request was not carried out.

use super::columns;
use crate::number::{digits, with_points_from_five};
use domain::{Failure, FieldError, account::Hint, report::ReportName, value::Label};

pub fn field_error(error: &FieldError) -> String {
    let param = |index: usize| error.params.get(index).map_or("", String::as_str);
    let number = |index: usize| digits(param(index), with_points_from_five);
    match error.code.as_str() {
        "required" => "Este campo es obligatorio.".to_owned(),
        "too_long" if matches!(error.field.as_str(), "name") => {
            format!("Como máximo {} caracteres.", Label::MAX_CHARS)
        }
        "too_long" => "Esto es demasiado largo.".to_owned(),
        "range" => format!("Este es un número de {} a {}.", number(0), number(1)),
        "control_character" => "Aquí no puede haber saltos de línea ni caracteres de control.".to_owned(),
        "name_taken" => "Este nombre ya está en uso. No se distinguen mayúsculas y minúsculas.".to_owned(),
        "port_range" => "Un puerto es un número de 1 a 65535.".to_owned(),
        "host_space" => "Un nombre de host no tiene espacios.".to_owned(),
        "host_url" => "Esto es una dirección web. Aquí va solo su nombre de host.".to_owned(),
        "host_user" => "La parte anterior a la @ pertenece a la credencial.".to_owned(),
        "host_port" => "El puerto tiene su propio campo.".to_owned(),
        "host_ipv4" => "Parece una dirección IPv4 y no lo es.".to_owned(),
        "host_ipv6" => "Parece una dirección IPv6 y no lo es.".to_owned(),
        "host_zone" => "Una zona IPv6 (%…) solo significa algo en una máquina.".to_owned(),
        "host_name" => "Esto no es un nombre de host.".to_owned(),
        "host_too_long" => "Este nombre de host es demasiado largo.".to_owned(),
        "email_missing" => "Una dirección de correo tiene una parte antes y otra después de una @.".to_owned(),
        "email_not_bare" => "Aquí va una sola dirección, sin más: ni nombre ni lista.".to_owned(),
        "email_local" => "La parte anterior a la @ tiene un carácter que no puede estar ahí.".to_owned(),
        "email_local_too_long" => "La parte anterior a la @ es demasiado larga (64 como máximo).".to_owned(),
        "email_quoted_local" => {
            "Esta forma entre comillas no se puede enviar: sin barra inversa ni comillas dentro, solo ASCII.".to_owned()
        }
        "email_domain" => "La parte posterior a la @ no es un dominio.".to_owned(),
        "email_too_long" => "Una dirección de correo tiene como máximo 254 caracteres.".to_owned(),
        "default_must_be_enabled" => "La cuenta predeterminada tiene que estar activa.".to_owned(),
        "default_required" | "default_account" => {
            "Tiene que haber una cuenta predeterminada. En su lugar, haga predeterminada otra cuenta.".to_owned()
        }
        "secret_again" | "secret_needed" => {
            "Introduzca el secreto de nuevo: no se ha usado antes con este servidor y esta configuración.".to_owned()
        }
        "secret_in_credential" => {
            "Introduzca el refresh token y el secreto de cliente en la ventana de la propia credencial.".to_owned()
        }
        "secret_again_settings" => "Ha cambiado aquello con lo que se usa: introduzca el secreto de nuevo.".to_owned(),
        "tenant_form" => "Un inquilino (tenant) es un identificador o un dominio.".to_owned(),
        "https_url" => "Se necesita una dirección que empiece con https://.".to_owned(),
        "key_file" => "Pegue el archivo JSON entero de la clave de la cuenta de servicio.".to_owned(),
        "credential_for_mail" => {
            "Esta credencial es para servidores de correo: un conector necesita nombre de usuario y contraseña."
                .to_owned()
        }
        "certificate_missing" => "Aquí no hay ningún certificado. Empieza con -----BEGIN CERTIFICATE-----.".to_owned(),
        "certificate_broken" => {
            "Este certificado no se puede leer. Péguelo entero, con su primera y su última línea.".to_owned()
        }
        "certificate_too_many" => "Demasiados certificados: 10 como máximo.".to_owned(),
        "private_key" => "Esto es una clave privada. Aquí van solo certificados; deje la clave donde está.".to_owned(),
        "fingerprint_form" => {
            "Una huella digital SHA-256 tiene 64 dígitos hexadecimales, con o sin dos puntos.".to_owned()
        }
        "secret_again_user" => "Para otro nombre de usuario, introduzca el secreto de nuevo.".to_owned(),
        "secret_nul" => "Un secreto no puede contener un carácter NUL.".to_owned(),
        "secret_wrong" => "Este no es el secreto guardado. Para cambiarlo, edite la credencial.".to_owned(),
        "not_found" | "unknown" => "Esto ya no existe. Elija otra opción.".to_owned(),
        "disabled" => "Esto está inactivo.".to_owned(),
        "password_short" => format!("Al menos {} caracteres.", domain::user::MIN_PASSWORD_CHARS),
        "password_repeat" => "No es igual que la contraseña nueva.".to_owned(),
        "password_wrong" => "La contraseña actual no es correcta.".to_owned(),
        "too_many" => format!("Aquí caben como máximo {}.", number(0)),
        "force_settings" => {
            format!("La cuenta {} obliga a usar su propia configuración: un mensaje no puede tener otra.", param(0))
        }
        "failover_self" => "Una cuenta no puede relevarse a sí misma.".to_owned(),
        "attachment_name_required" => "Todo archivo necesita un nombre.".to_owned(),
        "attachment_name" => "Esto no es un nombre de archivo.".to_owned(),
        "media_type" => "Un tipo de medio es tipo/subtipo, y ni multipart ni message.".to_owned(),
        "base64" => "El contenido de un archivo tiene que estar en base64.".to_owned(),
        "message_too_large" => format!("El mensaje tiene {} octetos; el máximo es {}.", number(1), number(0)),
        "idempotency_key" => "Una clave tiene de 1 a 255 caracteres ASCII visibles.".to_owned(),
        "date" => "Una fecha es AAAA-MM-DD, y tiene que existir.".to_owned(),
        "time_of_day" => "Una hora es HH:MM, de 00:00 a 23:59.".to_owned(),
        "time_zone" => "No existe ese huso horario. Tienen nombres como Europe/Madrid.".to_owned(),
        "end_before_start" => "El fin es anterior al inicio.".to_owned(),
        "days_required" => "Elija al menos un día.".to_owned(),
        "unknown_filter" => format!("Este informe no tiene el campo de búsqueda {}.", label(columns::search, param(0))),
        "unreadable_filter" => {
            format!("Lo que hay en el campo de búsqueda {} no se puede leer.", label(columns::search, param(0)))
        }
        "unknown_column" => format!("Este informe no tiene la columna {}.", label(columns::column, param(0))),
        "unknown_sort" => format!("Este informe no se puede ordenar por {}.", label(columns::column, param(0))),
        "ip_address" => "Aquí van direcciones IP, separadas por comas: 192.0.2.1, 2001:db8::1.".to_owned(),
        "selector" => "Un selector es parte de un nombre, como s1 o s1._domainkey.example.com.".to_owned(),
        "ids" => "Números, listas e intervalos: 3, 7, 10-20.".to_owned(),
        "unreadable" => "Esto no se puede leer. Una fecha es AAAA-MM-DD.".to_owned(),
        "forbidden" | "destination_forbidden" => {
            format!("El operador de este servidor no permite este destino. {}", param(0)).trim_end().to_owned()
        }
        other => format!("Este valor no se acepta ({other})."),
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
            "Su sesión ha terminado. Iníciela de nuevo en otra pestaña y después inténtelo aquí otra vez.".to_owned()
        }
        Failure::Forbidden => "Su rol no permite esto.".to_owned(),
        Failure::NotFound => "Esto ya no existe.".to_owned(),
        Failure::Invalid { errors } => errors.0.first().map_or_else(
            || "Hay que corregir algunos campos.".to_owned(),
            |first| format!("Hay que corregir algunos campos: {}", field_error(first)),
        ),
        Failure::Conflict { .. } => "Otra persona ha cambiado esto entretanto.".to_owned(),
        Failure::Refused { code, params } => refusal(code, &params.join(", ")),
        Failure::TooMany { retry_after_s: 1 } => "Demasiados intentos. Inténtelo de nuevo en 1 segundo.".to_owned(),
        Failure::TooMany { retry_after_s } => {
            let seconds = with_points_from_five(*retry_after_s);
            format!("Demasiados intentos. Inténtelo de nuevo en {seconds} segundos.")
        }
        Failure::Full => "El disco del servidor está lleno. No se ha guardado nada.".to_owned(),
        Failure::Internal { reference } if reference.is_empty() => "Algo ha fallado en el servidor.".to_owned(),
        Failure::Internal { reference } => {
            format!("Algo ha fallado en el servidor. Su registro lo tiene como {reference}.")
        }
        Failure::Unreachable => {
            "No se puede alcanzar el servidor. Compruebe la conexión e inténtelo de nuevo.".to_owned()
        }
    }
}

fn refusal(code: &str, by: &str) -> String {
    let (state, number) = (columns::code(by).unwrap_or(by), digits(by, with_points_from_five));
    match code {
        "default_account" | "default_delete" | "default_disable" => {
            "Esta es la cuenta predeterminada: no se puede eliminar ni desactivar. Antes, haga predeterminada otra cuenta."
                .to_owned()
        }
        "default_disabled" | "disabled" | "not_enabled" => {
            "Una cuenta inactiva no puede ser la predeterminada. Actívela primero.".to_owned()
        }
        "in_use" => format!("Lo usa {by}. Cambie eso primero."),
        "too_many_views" => format!("Ya hay {number} vistas, y no se guardan más. Elimine una antes."),
        "last_administrator" => "Al menos un administrador tiene que poder iniciar sesión.".to_owned(),
        "own_account" | "self" | "yourself" => {
            "No puede hacer esto con el usuario con el que ha iniciado sesión.".to_owned()
        }
        "setup_closed" | "setup_token" | "token" => "Este enlace de instalación no es válido (o ya no lo es).".to_owned(),
        "oidc_state" => {
            "Este inicio de sesión tardó demasiado, ya se usó o empezó en otro navegador. Empiece de nuevo.".to_owned()
        }
        "oidc_denied" => "El proveedor de inicio de sesión no identificó a nadie.".to_owned(),
        "oidc_provider" => {
            "El proveedor de inicio de sesión no se puede usar en este momento. El registro del servidor dice por qué."
                .to_owned()
        }
        "oidc_token" => {
            "Lo que envió el proveedor de inicio de sesión no es de fiar. El registro del servidor dice por qué.".to_owned()
        }
        "oidc_role" => {
            "El proveedor de inicio de sesión le conoce, pero no le da ningún rol en Postroom. Pídalo a quien lo administre."
                .to_owned()
        }
        "no_default_account" => "No hay cuenta predeterminada, y el mensaje no indica ninguna.".to_owned(),
        "account_disabled" => format!("La cuenta {by} está inactiva."),
        "idempotency_key_reused" => {
            format!("La clave {by} ya se usó para otro mensaje. Un mensaje nuevo necesita una clave nueva.")
        }
        "message_status" => format!("El estado del mensaje no permite esto ({state})."),
        "message_not_ended" => format!("El mensaje no ha llegado a su fin ({state}). Después se puede enviar de nuevo."),
        "count_changed" => "No coinciden tantas filas como cuando se eligieron. No se ha hecho nada.".to_owned(),
        "stopping" => "El servidor se está deteniendo. Inténtelo de nuevo en breve.".to_owned(),
        "message_too_large" => {
            format!("El informe es demasiado grande para enviarlo: más de {number} MB. Fíltrelo más.")
        }
        "too_many_rows" => {
            format!("El informe es demasiado largo para un PDF: más de {number} filas. Fíltrelo, o elija CSV.")
        }
        "not_made" => "No se pudo generar el informe. El registro del servidor dice por qué.".to_owned(),
        "embed_token" => format!("El portal no pudo iniciar su sesión: {}", token(by)),
        "busy" => "Esto ya se está ejecutando.".to_owned(),
        other if by.is_empty() => format!("El servidor rechazó esto ({other})."),
        other => format!("El servidor rechazó esto ({other}: {by})."),
    }
}

/// Why a portal's token is refused: for whoever looks after the portal.
pub const fn token(reason: &str) -> &'static str {
    match reason.as_bytes() {
        b"malformed" => "su token no se puede leer.",
        b"algorithm" => "su token no está firmado con el algoritmo para el que es la clave.",
        b"key" => "la clave con la que está firmado su token no se conoce aquí.",
        b"signature" => "su token no está firmado con la clave que se conoce aquí.",
        b"audience" => "su token es para otro.",
        b"issuer" => "su token lo emitió otro.",
        b"expired" => "su token ha caducado.",
        b"not_yet" => "su token es del futuro; uno de los relojes está mal.",
        b"too_long" => "su token vale más de diez minutos.",
        b"claims" => "a su token le falta un dato, o alguno no es lo que debe ser.",
        b"role" => "su token indica un rol que no existe.",
        b"replayed" => "su token ya se ha usado.",
        b"origin" => "la página que lo entregó no puede hacerlo.",
        b"off" => "el inicio de sesión desde un portal no está configurado aquí.",
        _ => "su token fue rechazado.",
    }
}

pub const fn hint(hint: Hint) -> &'static str {
    match hint {
        Hint::StartTlsOnImplicitPort => {
            "El puerto 465 espera SSL, cifrado desde el primer byte. Con TLS, esta combinación no funcionará."
        }
        Hint::ImplicitTlsOnStartTlsPort => {
            "El puerto 587 empieza sin cifrar y espera TLS (STARTTLS). Con SSL, esta combinación no funcionará."
        }
        Hint::ClearOnImplicitPort => {
            "El puerto 465 espera SSL, cifrado desde el primer byte. Sin cifrado, esta combinación no funcionará."
        }
        Hint::ImplicitTlsOnRelayPort => {
            "El puerto 25 rara vez habla SSL. Elija TLS si el servidor ofrece STARTTLS en él."
        }
        Hint::ImplicitTlsOnAlternatePort => {
            "El puerto 2525 suele sustituir al 587: empieza sin cifrar y espera TLS (STARTTLS)."
        }
        Hint::LoginOnRelayPort => {
            "El puerto 25 es para el correo entre servidores: muchas redes lo cierran, y muchos servidores no aceptan en él inicios de sesión. Estos pertenecen al 465 o al 587."
        }
        Hint::PasswordInClear => {
            "No se cifra nada: Postroom solo envía una contraseña sin cifrar dentro de esta máquina (una dirección de bucle local); iniciar sesión en cualquier otro servidor no funcionará."
        }
        Hint::NothingEncrypted => "No se cifra nada: cualquiera en el camino puede leer y cambiar los mensajes.",
        Hint::CertificateIgnored => "El certificado del servidor no se comprueba.",
    }
}
