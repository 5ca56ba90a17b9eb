//! Portuguese of Brazil: causes and remedies of network connectors.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "tunnel_unreachable" => Help {
            why: &["O host ou a porta do conector está errado, ele não está ativo, ou há um firewall à frente dele."],
            advice: &[
                "Confira host e porta nas configurações do conector e use o teste que há ali.",
                "Veja se o proxy está ativo e se esta máquina pode se conectar a ele.",
            ],
        },
        "tunnel_timeout" => Help {
            why: &[
                "O proxy está sobrecarregado, ou espera em vão pelo servidor que fica além dele.",
                "O tipo ou a porta do conector pode estar errado, e os dois lados esperam um pelo outro.",
            ],
            advice: &[
                "Use o teste nas configurações do conector. Se ele responder, o trecho lento é o que vem depois dele.",
                "Consulte o log do proxy nesse instante.",
            ],
        },
        "tunnel_wants_credentials" => Help {
            why: &[
                "O conector não tem credencial definida.",
                "O proxy pode exigir uma forma de login que o Postroom não tem: há usuário e senha (SOCKS5) e Basic (HTTP CONNECT).",
            ],
            advice: &[
                "Escolha uma credencial nas configurações do conector e use o teste que há ali.",
                "Se já houver uma, permita no proxy usuário e senha, ou Basic.",
            ],
        },
        "tunnel_credentials_refused" => Help {
            why: &[
                "A credencial do conector está errada, ou foi alterada no proxy.",
                "O proxy pode limitar esse login a determinados endereços de origem.",
            ],
            advice: &[
                "Informe de novo a senha da credencial do conector e use o teste nas configurações dele.",
                "Consulte o log do proxy nesse instante.",
            ],
        },
        "tunnel_credentials_refused.length" => Help {
            why: &["O usuário ou a senha da credencial do conector está vazio ou é longo demais."],
            advice: &["Escolha para o conector uma credencial com usuário e senha mais curtos."],
        },
        "tunnel_credentials_refused.colon" => Help {
            why: &[
                "Na autenticação Basic, os dois-pontos encerram o usuário, e o resto seria lido como parte da senha.",
            ],
            advice: &["Escolha para o conector uma credencial sem dois-pontos no usuário."],
        },
        "tunnel_refused" => Help {
            why: &["O proxy não pode se conectar a esse host e essa porta, ou não os alcança."],
            advice: &[
                "Confira “Host SMTP” e “Porta”.",
                "Consulte o log do proxy nesse instante; as regras dele precisam permitir esse host e essa porta.",
            ],
        },
        "tunnel_refused.rules" => Help {
            why: &["O proxy permite só determinados destinos, muitas vezes só as portas 80 e 443."],
            advice: &[
                "Peça ao administrador do proxy que permita esse host e essa porta.",
                "Confira se “Host SMTP” e “Porta” são os desejados.",
            ],
        },
        "tunnel_refused.network_unreachable" => Help {
            why: &["A máquina do proxy não tem rota até essa rede."],
            advice: &["Confira as rotas na máquina do proxy, ou use um conector que esteja na rede certa."],
        },
        "tunnel_refused.host_unreachable" => Help {
            why: &[
                "O host está desligado, ou há um firewall entre ele e o proxy.",
                "O proxy pode não conseguir resolver o nome do host: ele é resolvido na outra ponta.",
            ],
            advice: &[
                "Confira “Host SMTP” e consulte o nome na máquina do proxy.",
                "Teste a porta a partir da máquina do proxy.",
            ],
        },
        "tunnel_refused.refused" => Help {
            why: &["Visto da rede do proxy, nenhum serviço escuta nessa porta do host."],
            advice: &[
                "Confira “Host SMTP” e “Porta”.",
                "Veja se o serviço de e-mail está ativo e aceita conexões do endereço do proxy.",
            ],
        },
        "tunnel_refused.ttl_expired" => Help {
            why: &["O caminho do proxy até o servidor está interrompido ou dá voltas."],
            advice: &["Confira a rota da máquina do proxy até o servidor e teste de novo."],
        },
        "tunnel_refused.general" => Help {
            why: &[
                "O proxy informa uma falha geral: é comum o nome do host não ser resolvido na ponta dele, ou a porta estar bloqueada ali.",
            ],
            advice: &[
                "Consulte o log do proxy nesse instante.",
                "Confira “Host SMTP” e “Porta” e teste a porta a partir da máquina do proxy.",
            ],
        },
        "tunnel_refused.unsupported" => Help {
            why: &["O proxy pode não resolver nomes, ou não usar endereços IPv6."],
            advice: &[
                "Informe em “Host SMTP” o endereço IPv4 do servidor ou um nome que tenha um. Com um endereço, o certificado precisa trazê-lo.",
                "Se não bastar, use outro conector.",
            ],
        },
        "tunnel_refused.http" => Help {
            why: &[
                "403 e 405: as regras do proxy não permitem essa porta com CONNECT; muitas vezes só a 443 é permitida.",
                "502, 503 e 504: o proxy não alcança o servidor ou não resolve o nome dele.",
            ],
            advice: &[
                "Peça ao administrador do proxy que permita CONNECT para esse host e essa porta.",
                "Confira “Host SMTP” e “Porta” e consulte o log do proxy nesse instante.",
            ],
        },
        "tunnel_protocol" => Help {
            why: &[
                "O tipo ou a porta do conector está errado: SOCKS5 costuma usar a 1080; HTTP CONNECT, a 3128 ou a 8080.",
                "O proxy pode encerrar a conexão de clientes cujo endereço não conhece.",
            ],
            advice: &[
                "Confira tipo, host e porta nas configurações do conector e use o teste que há ali.",
                "Veja no log do proxy se ele admite esta máquina.",
            ],
        },
        "connector_disabled" => Help {
            why: &["A conta usa um Conector de rede que alguém desativou."],
            advice: &[
                "Ative o conector, ou escolha outro nas configurações da conta.",
                "Se o servidor puder ser alcançado diretamente, responda Não em “Usar conector de rede”.",
            ],
        },
        "tunnel_ok" => Help {
            why: &[],
            advice: &["Não há nada a fazer. Para testar o caminho depois dele, teste uma conta que o use."],
        },
        _ => return None,
    })
}
