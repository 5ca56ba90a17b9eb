//! Portuguese of Brazil: causes and remedies on the way to the server, up to its greeting and EHLO.

use crate::diagnosis::Help;

pub(super) fn help(code: &str) -> Option<Help> {
    Some(match code {
        "host_not_found" => Help {
            why: &[
                "O mais provável é um erro de digitação, ou um nome que não é mais usado.",
                "Um nome interno pode ser conhecido só pelo servidor de nomes de outra rede.",
            ],
            advice: &[
                "Compare o campo “Host SMTP” com as instruções do provedor, letra por letra.",
                "Consulte o nome na máquina onde o Postroom roda, por exemplo com nslookup. Um nome conhecido só dentro de outra rede precisa de um Conector de rede.",
            ],
        },
        "resolver_failed" => Help {
            why: &[
                "O DNS configurado na máquina do Postroom não responde ou não alcança os servidores de nomes da Internet.",
                "Os servidores de nomes do próprio domínio podem estar fora do ar.",
            ],
            advice: &[
                "Teste a resolução de nomes nessa máquina ou no contêiner e corrija o DNS (em geral, /etc/resolv.conf).",
                "Se outros nomes forem resolvidos, espere alguns minutos e teste de novo.",
            ],
        },
        "connection_refused" => Help {
            why: &[
                "O host ou a porta está errado, ou o serviço está parado.",
                "Um firewall no caminho pode recusar a conexão em nome do servidor.",
            ],
            advice: &[
                "Confira “Host SMTP” e “Porta”: mensagens são entregues na 465 (SSL) ou na 587 (TLS); a 25 é para relays.",
                "Em um servidor próprio, veja se o serviço de e-mail está ativo e escuta nesse endereço e nessa porta.",
            ],
        },
        "connect_timeout" => Help {
            why: &[
                "Um firewall descarta os pacotes, deste lado ou do lado do servidor.",
                "O host está errado ou desligado, ou só admite determinados endereços.",
            ],
            advice: &[
                "Confira “Host SMTP” e “Porta” e teste a porta a partir da máquina do Postroom, por exemplo com nc -vz HOST PORTA.",
                "Peça a liberação das conexões de saída para esse host e essa porta, ou use um Conector de rede em uma rede que tenha acesso.",
            ],
        },
        "unreachable" => Help {
            why: &[
                "Esta máquina não tem caminho de rede até esse endereço; é comum faltar a rota de IPv6.",
                "Pode faltar uma rota, uma VPN ou uma regra de firewall.",
            ],
            advice: &[
                "Confira as rotas na máquina do Postroom ou no contêiner.",
                "Se só o IPv6 falhar, informe o endereço IPv4 ou um nome que tenha um; para uma rede privada, use um Conector de rede.",
            ],
        },
        "no_mail_server" => Help {
            why: &[
                "Host ou porta está errado, algo no caminho recusa a conexão, ou o que responde não é um servidor de e-mail.",
            ],
            advice: &[
                "Confira “Host SMTP” e “Porta” com quem administra o servidor.",
                "Peça a um administrador que teste as mesmas configurações: quem pode salvar uma conta vê o que exatamente aconteceu.",
            ],
        },
        "connection_reset" => Help {
            why: &[
                "Um firewall ou equipamento de inspeção no caminho pode ter feito isso.",
                "O servidor pode ter reiniciado, ou encerrado a sessão por uma regra própria.",
            ],
            advice: &[
                "Teste de novo. Se acontecer sempre na mesma etapa, consulte o log do servidor nesse instante.",
                "Pergunte ao responsável pela rede se algum equipamento inspeciona o tráfego SMTP ou TLS e peça uma exceção para esta conexão.",
            ],
        },
        "connection_closed" => Help {
            why: &[
                "O servidor encerrou a sessão sem explicação: um limite, uma regra ou uma falha dele.",
                "A porta pode ser de outro serviço, ou esperar outro tipo de criptografia.",
            ],
            advice: &[
                "Confira se “Porta” e “Tipo de conexão segura” combinam: 465 com SSL, 587 com TLS.",
                "Consulte o log do servidor nesse instante, ou o administrador dele.",
            ],
        },
        "destination_forbidden" => Help {
            why: &[
                "O endereço ou a porta não está na lista de destinos permitidos, ou é de um tipo nunca permitido, como endereços link-local e de metadados.",
            ],
            advice: &[
                "Confira “Host SMTP” e “Porta”.",
                "Se o destino estiver certo, peça ao operador que o inclua em --allow-destinations (POSTROOM_ALLOW_DESTINATIONS).",
            ],
        },
        "closed_before_greeting" => Help {
            why: &[
                "O servidor, ou um equipamento à frente dele, não aceita o endereço IP desta máquina.",
                "O serviço por trás da porta pode estar sobrecarregado ou com defeito.",
            ],
            advice: &[
                "Pergunte ao provedor se o IP público desta máquina está bloqueado ou precisa ser cadastrado.",
                "Tente o caminho por outra rede, com um Conector de rede.",
            ],
        },
        "port_25_blocked" => Help {
            why: &[
                "A maioria dos provedores de hospedagem e de Internet bloqueia a saída pela porta 25.",
                "Se não for isso, o host está errado ou o firewall dele descarta a conexão.",
            ],
            advice: &[
                "Use a porta 465 com SSL ou a 587 com TLS e marque “Usar autenticação?”; vários provedores também oferecem a 2525.",
                "Se tiver de ser a porta 25, peça ao provedor de hospedagem que a libere para esta máquina.",
            ],
        },
        "egress_blocked" => Help {
            why: &[
                "Um firewall deste lado não deixa a conexão sair, ou o nome do host está errado.",
                "O servidor pode admitir só determinados endereços IP.",
            ],
            advice: &[
                "Confira “Host SMTP” e teste a porta a partir da máquina do Postroom, por exemplo com nc -vz HOST PORTA.",
                "Peça a liberação das conexões de saída para esse host e essa porta, ou use um Conector de rede em uma rede que tenha acesso.",
            ],
        },
        "greeting_timeout" => Help {
            why: &[
                "A porta pode esperar criptografia desde o primeiro byte (SSL).",
                "O servidor pode estar sobrecarregado, ou retardar a saudação para clientes desconhecidos.",
            ],
            advice: &[
                "Se o provedor indicar a porta 465 ou SSL, escolha SSL em “Tipo de conexão segura”.",
                "Caso contrário, teste de novo mais tarde ou consulte o administrador do servidor.",
            ],
        },
        "port_expects_tls" => Help {
            why: &["A porta 465 é de TLS implícito (SSL); a conta está configurada de outra forma."],
            advice: &["Escolha SSL em “Tipo de conexão segura”, ou mantenha TLS e use a porta 587."],
        },
        "not_smtp" => Help {
            why: &[
                "A porta é de outro serviço.",
                "Um proxy ou a página de acesso da rede pode responder no lugar do servidor.",
            ],
            advice: &["Confira “Host SMTP” e “Porta”: mensagens são entregues na 465 (SSL) ou na 587 (TLS)."],
        },
        "reply_too_long" => Help {
            why: &[
                "O que responde ali provavelmente não é um servidor de e-mail.",
                "Um servidor de e-mail, ou um equipamento à frente dele, pode estar com defeito.",
            ],
            advice: &[
                "Confira “Host SMTP” e “Porta”.",
                "Se estiverem certos, mostre a transcrição ao administrador do servidor.",
            ],
        },
        "reply_timeout" => Help {
            why: &[
                "O servidor está sobrecarregado, ou demora a verificar o remetente e o destinatário.",
                "Um equipamento no caminho pode engolir partes da conversa.",
            ],
            advice: &[
                "Teste de novo em alguns minutos.",
                "Se parar sempre na mesma etapa, mostre-a ao administrador do servidor.",
            ],
        },
        "protocol_error" => Help {
            why: &[
                "Um equipamento que inspeciona e-mail pode estar alterando a conversa.",
                "O servidor, ou o que responde no lugar dele, pode não seguir o SMTP.",
            ],
            advice: &[
                "Compare as últimas linhas da transcrição com o log do servidor nesse instante.",
                "Peça ao responsável pela rede uma exceção de inspeção para esta conexão.",
            ],
        },
        "service_refused" => Help {
            why: &[
                "O servidor não aceita o endereço IP desta máquina, ou já tem conexões demais.",
                "Ele pode estar em manutenção, ou não ser um servidor de submissão.",
            ],
            advice: &[
                "Leia a resposta do servidor: ela costuma dizer o motivo, ou indicar uma página sobre ele.",
                "Use o host e a porta de submissão do provedor (465 ou 587) com autenticação, ou pergunte ao suporte sobre o IP desta máquina.",
            ],
        },
        "idle_too_long" => Help {
            why: &[
                "Uma conexão ficou aberta à espera da próxima mensagem por mais tempo do que o servidor permite.",
                "A rede pode ser tão lenta que o servidor desistiu de esperar.",
            ],
            advice: &[
                "Em geral, não há nada a fazer: a próxima mensagem abre uma nova conexão.",
                "Se acontecer também nos testes, verifique a rede entre esta máquina e o servidor.",
            ],
        },
        "synchronization_error" => Help {
            why: &[
                "O TLS foi iniciado em uma porta que começa em texto simples.",
                "Um equipamento no caminho pode acrescentar dados próprios.",
            ],
            advice: &["Escolha TLS em “Tipo de conexão segura” para essa porta (em geral, 587), ou use a 465 com SSL."],
        },
        "too_many_connections" => Help {
            why: &[
                "Vários programas, ou várias contas, enviam para esse servidor ao mesmo tempo pelo mesmo IP.",
                "O limite do servidor é baixo.",
            ],
            advice: &[
                "Espere alguns minutos. As notificações são tentadas de novo automaticamente.",
                "Reduza as conexões simultâneas com esse servidor, ou peça ao administrador dele um limite maior.",
            ],
        },
        "address_blocklisted" => Help {
            why: &[
                "Endereços de nuvem e de banda larga costumam estar listados por inteiro.",
                "Esse endereço pode ter enviado spam, por esta máquina ou por um usuário anterior.",
            ],
            advice: &[
                "Envie por um provedor com autenticação na porta 465 ou 587: assim o endereço quase não importa.",
                "Se o endereço for próprio, veja na resposta do servidor qual é a lista, consulte o endereço nela e peça a remoção.",
            ],
        },
        "reverse_dns_missing" => Help {
            why: &["Falta o DNS reverso (PTR), ou nome e endereço não conferem nos dois sentidos."],
            advice: &[
                "Envie por um provedor com autenticação na porta 465 ou 587, onde isso quase não importa.",
                "Se o endereço for próprio, peça ao dono dele um registro PTR para um nome cujo registro A ou AAAA seja esse endereço.",
            ],
        },
        "ehlo_refused" => Help {
            why: &[
                "O nome no EHLO não é aceito pelo servidor: nomes curtos e localhost costumam ser recusados.",
                "O servidor pode aceitar só determinados clientes.",
            ],
            advice: &[
                "Peça ao operador que defina --ehlo-name (POSTROOM_EHLO_NAME) com o nome público completo desta máquina.",
            ],
        },
        "helo_not_fqdn" => Help {
            why: &["O Postroom se apresenta com um nome curto ou com localhost, em vez de um nome com domínio."],
            advice: &[
                "Peça ao operador que defina --ehlo-name (POSTROOM_EHLO_NAME) com o nome completo desta máquina, como mail.example.com.",
            ],
        },
        "helo_bad" => Help {
            why: &["O Postroom se apresenta com um nome que pertence ao servidor ou ao domínio do destinatário."],
            advice: &[
                "Peça ao operador que defina --ehlo-name (POSTROOM_EHLO_NAME) com o nome completo desta própria máquina.",
            ],
        },
        "helo_refused_for_now" => Help {
            why: &[
                "O nome no EHLO é localhost ou um nome que o servidor não conhece; o relay do Google responde assim.",
                "Pode ter vindo e-mail demais deste endereço IP.",
            ],
            advice: &[
                "Peça ao operador que defina --ehlo-name (POSTROOM_EHLO_NAME) com um nome de host do domínio da organização.",
                "Espere alguns minutos antes do próximo teste.",
            ],
        },
        "deadline" => Help {
            why: &[
                "O servidor ou a rede está lento em várias etapas; a linha do tempo mostra quais.",
                "O servidor pode retardar clientes que não conhece.",
            ],
            advice: &[
                "Veja a etapa mais lenta na linha do tempo e consulte o administrador desse servidor.",
                "Teste de novo em um horário mais tranquilo.",
            ],
        },
        "cancelled" => Help {
            why: &["Alguém escolheu Cancelar, ou a página foi fechada."],
            advice: &["Execute o teste de novo."],
        },
        "internal" => Help {
            why: &["Falta ou se esgotou algum recurso desta máquina, como arquivos abertos ou memória."],
            advice: &["Peça ao operador que consulte o log do Postroom nesse instante."],
        },
        _ => return None,
    })
}
