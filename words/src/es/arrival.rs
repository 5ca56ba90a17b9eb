//! Spanish: the window that looks at an account's sender.

use crate::{Arrival, number::with_points_from_five};
use domain::arrival::{Basis, Check, Verdict};

pub const ARRIVAL: Arrival = Arrival {
    intro: "Mira el dominio del remitente como lo hacen los receptores: lo que el DNS dice de él. No se envía nada, y lo que introduzca aquí no se guarda.",
    addresses: "Direcciones de envío",
    addresses_hint: "Direcciones IP que ven los receptores, separadas por comas. En blanco: las del host de la cuenta.",
    selectors: "Selectores DKIM",
    selectors_hint: "El s= de la línea DKIM-Signature de un mensaje que llegó: s1, o s1._domainkey.example.com.",
    copy_fold: "Leer los selectores de un mensaje que llegó",
    copy: "El mensaje, o su cabecera",
    copy_hint: "Como lo muestra el programa de correo en «mostrar original». Las firmas indican sus selectores.",
    check: "Comprobar",
    check_again: "Comprobar de nuevo",
    checking: "Preguntando a los servidores de nombres. Tarda hasta 20 segundos.",
    canceled: "Cancelado: no se averiguó nada.",
    operators_only: "Los operadores y administradores pueden comprobar esto.",
    overall: |verdict| match verdict {
        Verdict::Good => "Nada habla en contra de este correo.",
        Verdict::Unknown => "Nada habla en contra de este correo, por lo que se sabe.",
        Verdict::Warning => "Este correo puede llegar, y algunos receptores le pondrán reparos.",
        Verdict::Bad => "Los receptores rechazarán este correo, o lo tomarán por spam.",
    },
    looked_from: |addresses, basis| {
        match basis {
        Basis::Typed => format!("Visto como correo que viene de {addresses}, según lo introducido."),
        Basis::Host => {
            format!(
                "Visto como correo que viene de {addresses}: el host de la cuenta, lo que es una suposición. Un proveedor puede enviar desde otras direcciones."
            )
        }
        Basis::HostBehindConnector => {
            format!(
                "Visto como correo que viene de {addresses}: el host de la cuenta tal como se conoce aquí. El conector de la cuenta puede conocer otro host con ese nombre."
            )
        }
        Basis::None => {
            "No se conoce ninguna dirección de envío: el host de la cuenta no tiene ninguna aquí. Introduzca una para SPF y PTR."
                .to_owned()
        }
    }
    },
    no_resolver: "Algunas preguntas no tienen respuesta: los servidores de nombres a los que pregunta este servidor (--resolver, o los de /etc/resolv.conf) fallaron o no respondieron a tiempo. Lo que abajo figura como desconocido no dice nada de su dominio.",
    verdict: |verdict| match verdict {
        Verdict::Good => "Bien",
        Verdict::Unknown => "Desconocido",
        Verdict::Warning => "Atención",
        Verdict::Bad => "Mal",
    },
    subject: |check| match check {
        Check::Mx => "MX",
        Check::Spf => "SPF",
        Check::Dkim => "DKIM",
        Check::Dmarc => "DMARC",
        Check::Ptr => "PTR",
        Check::MtaSts => "MTA-STS",
        Check::TlsRpt => "TLS-RPT",
    },
    about: |check| match check {
        Check::Mx => "adónde van respuestas y devoluciones",
        Check::Spf => "quién puede enviar",
        Check::Dkim => "si las firmas se pueden comprobar",
        Check::Dmarc => "qué se pide a los receptores, y si este correo pasa",
        Check::Ptr => "el nombre de la dirección",
        Check::MtaSts => "las respuestas viajan cifradas",
        Check::TlsRpt => "a quién se avisa cuando eso falla",
    },
    sender_domain: "Dominio del remitente",
    envelope_domain: "Dominio del remitente del sobre (Return-Path)",
    both_domains: "Dominio del remitente y del remitente del sobre",
    signing_domain: "Dominio que firma",
    sending_address: "Dirección de envío",
    no_address: "No se conoce",
    rests_on: |count| {
        if count == 1 {
            "Se apoya en 1 registro".to_owned()
        } else {
            format!("Se apoya en {} registros", with_points_from_five(count as u64))
        }
    },
    nothing_there: "ahí no hay nada",
    publish: "Para publicar",
    publish_above: "El registro que hay que publicar, arriba, ya tiene este cambio.",
    copy_value: "Copiar",
    copied: "Copiado.",
    not_copied: "El navegador no permitió copiar. Seleccione el texto.",
};
