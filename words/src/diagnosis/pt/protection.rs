//! Portuguese of Brazil: causes and remedies of TLS and certificates.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "starttls_not_offered" => Help {
            why: &[
                "O servidor oferece criptografia só em outra porta, em geral a 465 (SSL).",
                "Um equipamento no caminho pode remover o STARTTLS, ou o servidor não tem certificado.",
            ],
            advice: &[
                "Escolha SSL em “Tipo de conexão segura”, com a porta 465.",
                "Peça ao administrador do servidor que ative o STARTTLS. Enviar sem criptografia exporia a senha e as mensagens.",
            ],
        },
        "starttls_stripped" => Help {
            why: &[
                "Um firewall ou equipamento de inspeção apaga a oferta de criptografia na resposta ao EHLO, muitas vezes com XXXXXXXA.",
                "Alguém pode estar tentando ler o tráfego.",
            ],
            advice: &[
                "Escolha SSL em “Tipo de conexão segura”, com a porta 465.",
                "Peça ao responsável pela rede que desligue a inspeção de SMTP para este servidor.",
            ],
        },
        "starttls_refused" => Help {
            why: &[
                "Falta o certificado ou a chave do servidor, ou ele não consegue lê-los.",
                "Ele pode recusar a criptografia a este cliente por uma regra.",
            ],
            advice: &[
                "Tente SSL em “Tipo de conexão segura”, com a porta 465.",
                "Mostre a resposta do servidor ao administrador dele.",
            ],
        },
        "starttls_server_broken" => Help {
            why: &["O certificado ou a chave privada não pode ser carregado, muitas vezes após uma renovação."],
            advice: &[
                "Avise o administrador do servidor e indique as linhas de TLS no log do servidor.",
                "Enquanto isso, tente SSL em “Tipo de conexão segura”, com a porta 465.",
            ],
        },
        "injected_before_tls" => Help {
            why: &[
                "Alguém no caminho pode estar tentando inserir comandos na sessão: isso pode ser um ataque.",
                "Um servidor ou proxy de e-mail com defeito pode causar o mesmo.",
            ],
            advice: &[
                "Teste por outra rede ou por um Conector de rede. Se ali não acontecer, considere esta rede insegura.",
                "Avise o administrador do servidor. A porta 465 com SSL não deixa espaço para essa inserção.",
            ],
        },
        "tls_plaintext_port" => Help {
            why: &["Essa porta começa em texto simples: foi escolhido SSL onde cabe TLS (STARTTLS)."],
            advice: &["Escolha TLS em “Tipo de conexão segura” para essa porta, ou use a 465 com SSL."],
        },
        "tls_timeout" => Help {
            why: &[
                "A porta não fala TLS desde o primeiro byte, e os dois lados ficam esperando.",
                "Um firewall pode reter pacotes grandes ou o tráfego TLS.",
            ],
            advice: &[
                "Confira se “Porta” e “Tipo de conexão segura” combinam: 465 com SSL, 587 com TLS.",
                "Teste por outra rede, ou pergunte ao responsável pela rede sobre inspeção de TLS e tamanho de pacote (MTU).",
            ],
        },
        "tls_failed" => Help {
            why: &[
                "O servidor e o Postroom não têm versão de TLS ou cifra em comum: o Postroom precisa de TLS 1.2 ou 1.3.",
                "Um equipamento no caminho pode perturbar a negociação.",
            ],
            advice: &[
                "Peça ao administrador do servidor que ofereça TLS 1.2 ou mais novo e consulte o log do servidor nesse instante.",
                "Se o servidor não puder ser atualizado, use um relay entre o Postroom e ele.",
            ],
        },
        "tls_too_old" => Help {
            why: &["O software do servidor é antigo, ou as versões mais novas estão desligadas nele."],
            advice: &[
                "Peça ao administrador do servidor que ative TLS 1.2 ou mais novo.",
                "Se o servidor não puder ser atualizado, envie por um relay na rede dele que fale as duas versões.",
            ],
        },
        "tls_no_common_cipher" => Help {
            why: &[
                "O servidor só permite cifras antigas, como as que não têm sigilo futuro (ECDHE).",
                "O servidor pode não ter um certificado que sirva aos métodos oferecidos.",
            ],
            advice: &["Peça ao administrador do servidor que ative cifras ECDHE com AES-GCM ou ChaCha20, ou TLS 1.3."],
        },
        "tls_client_certificate" => Help {
            why: &["O servidor só admite clientes com certificado próprio (TLS mútuo)."],
            advice: &[
                "Peça ao administrador do servidor outra porta ou regra que aceite usuário e senha.",
                "Se não for possível, envie por um relay que tenha o certificado de cliente.",
            ],
        },
        "certificate_unknown_issuer" => Help {
            why: &[
                "O certificado vem de uma autoridade privada, como a da própria empresa.",
                "O servidor pode não enviar o certificado intermediário, e a cadeia fica quebrada.",
                "Um equipamento que inspeciona TLS pode mostrar um certificado dele.",
            ],
            advice: &[
                "Se a autoridade for da casa, compare a impressão digital com o responsável e confie nela para esta conta, ou peça ao operador que a inclua com --ca-file (POSTROOM_CA_FILE).",
                "Se for uma autoridade pública, peça ao administrador do servidor que envie a cadeia completa.",
            ],
        },
        "certificate_self_signed" => Help {
            why: &[
                "O servidor ainda usa o certificado criado na instalação.",
                "Alguém no caminho pode mostrar um certificado próprio.",
            ],
            advice: &[
                "Compare a impressão digital com a que o administrador lê no próprio servidor. Se forem iguais, confie exatamente neste certificado para esta conta.",
                "Melhor: providencie para o servidor um certificado de uma autoridade pública ou da casa.",
            ],
        },
        "certificate_self_signed_ca" => Help {
            why: &["Ele foi criado com as opções padrão de uma ferramenta, como autoridade (CA) e não como servidor."],
            advice: &[
                "Compare a impressão digital com o administrador do servidor. Se forem iguais, confie exatamente neste certificado; incluí-lo como autoridade não resolve.",
                "Melhor: providencie um certificado de servidor que contenha o nome do host.",
            ],
        },
        "certificate_expired" => Help {
            why: &[],
            advice: &[
                "Peça ao administrador do servidor que renove o certificado e depois reinicie ou recarregue o serviço de e-mail.",
                "Se já foi renovado, veja se outro host ou um balanceador ainda mostra o antigo, e se o relógio desta máquina está certo.",
            ],
        },
        "certificate_not_yet_valid" => Help {
            why: &[
                "O relógio desta máquina está atrasado.",
                "O certificado foi feito com início futuro, ou em uma máquina com o relógio adiantado.",
            ],
            advice: &[
                "Compare data e hora na máquina do Postroom e ative a sincronização de relógio (NTP).",
                "Se este relógio estiver certo, avise o administrador do servidor.",
            ],
        },
        "certificate_wrong_name" => Help {
            why: &[
                "O host foi informado com outro nome ou como endereço IP.",
                "O certificado pode ser de outro site na mesma máquina, ou não citar nenhum host (só CN).",
            ],
            advice: &[
                "Informe em “Host SMTP” um dos nomes do certificado, se ele pertencer ao provedor.",
                "Caso contrário, peça ao administrador do servidor um certificado que contenha este nome.",
            ],
        },
        "certificate_not_pinned" => Help {
            why: &[
                "O certificado foi renovado, como acontece a cada poucas semanas ou meses.",
                "Alguém no caminho pode mostrar um certificado próprio.",
            ],
            advice: &[
                "Pergunte ao administrador do servidor se o certificado foi renovado e compare a impressão digital. Se forem iguais, fixe o novo.",
                "Melhor, se os certificados do servidor vêm de uma autoridade: confie na autoridade, que sobrevive às renovações.",
            ],
        },
        "certificate_invalid"
        | "certificate_key_too_short"
        | "certificate_signed_with_sha1"
        | "certificate_outdated_format"
        | "certificate_not_for_servers"
        | "certificate_unknown_extension"
        | "certificate_name_constraint" => Help {
            why: &[
                "Ele é antigo ou defeituoso: chave curta demais, assinatura com SHA-1, formato antigo, ou um certificado que não é para servidores.",
            ],
            advice: &[
                "Peça ao administrador do servidor uma nova emissão, com chave de pelo menos 2048 bits (RSA) e para uso em servidor.",
            ],
        },
        "password_in_clear" => Help {
            why: &["“Usar conexão segura?” está em Não, e a conta faz login."],
            advice: &[
                "Responda Sim em “Usar conexão segura?”, com SSL na porta 465 ou TLS na porta 587.",
                "Se for um relay que não precisa de login, responda Não em “Usar autenticação?”.",
            ],
        },
        "encryption_required" => Help {
            why: &["“Usar conexão segura?” está em Não."],
            advice: &["Responda Sim em “Usar conexão segura?”, com TLS na porta 587 ou SSL na porta 465."],
        },
        _ => return None,
    })
}
