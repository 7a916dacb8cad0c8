import { commandOf, composeServices } from '../formats/compose';
import { dockerfiles, instructions } from '../formats/dockerfile';
import { filledText } from '../formats/helm';
import { manifests } from '../formats/kubernetes';
import { documentOf } from '../formats/read';
import { at, isTrue, textOf } from '../formats/tree';
import { type Observation, seen } from '../observation';
import type { ProjectText, ProjectTexts } from '../project-texts';
import { withoutComments } from './code';
import { servesSpring } from './spring';

/** Code that answers requests, by the calls of common servers. */
const SERVER =
  /\bexpress\(\)|\bfastify\(|\bFastify\(|\bnew\s+(?:Koa|Hono|Elysia|Hapi\.Server)\b|\bhttps?\.createServer\(|\bnew\s+(?:WebSocket\.Server|WebSocketServer|ApolloServer)\(|\bNestFactory\.create\(|\b(?:Bun|Deno)\.serve\(|\bFastAPI\(|\bFlask\(|\bQuart\(|\bSanic\(|\bStarlette\(|\bweb\.Application\(|\bwebsockets\.serve\(|\bHTTPServer\(\(|\burlpatterns\s*=|\bhttp\.(?:ListenAndServe(?:TLS)?\(|Server\{)|\bgin\.(?:Default|New)\(|\becho\.New\(|\bfiber\.New\(|\bchi\.NewRouter\(|\bmux\.NewRouter\(|@RestController\b|\bembeddedServer\(|\bRoute::(?:get|post|any)\(|\bSinatra::|\bRails\.application\.routes\b|\baxum::|\bHttpServer::new\(|\bwarp::serve\(|\bWebApplication\.CreateBuilder\(|\[ApiController\]/g;
const ROUTE_FILE =
  /(?:^|\/)(?:app\/(?:.*\/)?route\.[jt]sx?|pages\/api\/.+\.[jt]sx?|server\/api\/.+\.[jt]s|\+server\.[jt]s)$/;
const HANDLER =
  /\bexport\s+(?:default\b|(?:async\s+)?function\s+(?:GET|POST|PUT|PATCH|DELETE)\b|const\s+(?:GET|POST|PUT|PATCH|DELETE)\b)/;

/** A source file that answers requests, and where. */
export interface ServerCode {
  readonly file: ProjectText;
  readonly text: string;
  readonly at: number;
}

const known = new WeakMap<ProjectTexts, readonly ServerCode[]>();

/** Source files that answer requests over a network. */
export function serverCode(project: ProjectTexts): readonly ServerCode[] {
  let list = known.get(project);
  if (!list) {
    list = project.of('source').flatMap((file) => {
      const text = withoutComments(file);
      const found = ROUTE_FILE.test(file.path) ? text.search(HANDLER) : text.search(new RegExp(SERVER.source));
      return found < 0 ? [] : [{ file, text, at: found }];
    });
    known.set(project, list);
  }
  return list;
}

/** A freqtrade configuration whose control interface is switched on. */
function freqtradeServers(project: ProjectTexts) {
  return project
    .of('config')
    .filter((f) => /(?:^|\/)config[\w.-]*\.json$/.test(f.path) && f.text.includes('api_server'))
    .map((file) => ({ file, server: at(documentOf(file), 'api_server') }))
    .filter(({ server }) => isTrue(at(server, 'enabled')));
}

/** Programs whose control interface must stay on the machine. */
const NODE_COMMAND =
  /\bhardhat\s+node\b[^\n|;&]*--hostname[= ]0\.0\.0\.0|\banvil\b[^\n|;&]*--host[= ](?:0\.0\.0\.0|::)|\bgeth\b(?=[^\n]*--(?:http|rpc)\.?addr[= ]0\.0\.0\.0)(?=[^\n]*(?:--allow-insecure-unlock|--http\.api[= ]\S*\bpersonal\b))/;
const GATEWAY = /(?:^|\/)gateway(?:[:@]|$)|hummingbot\/gateway/;

const LOOPBACK = /^(?:127\.|localhost$|\[?::1\]?$)/;

/** Whether the project serves anything over a network. */
export function servesNetwork(project: ProjectTexts): boolean {
  return (
    serverCode(project).length > 0 ||
    freqtradeServers(project).length > 0 ||
    composeServices(project).some((s) => s.ports.length > 0 || GATEWAY.test(textOf(at(s.body, 'image')))) ||
    manifests(project).some((m) => m.kind === 'Service' || m.kind === 'Ingress') ||
    servesSpring(project) ||
    nodeCommands(project).length > 0
  );
}

interface NodeCommand {
  readonly file: ProjectText;
  readonly at: number;
}

/** Local nodes and clients that listen on every address, outside of compose files. */
function nodeCommands(project: ProjectTexts): readonly NodeCommand[] {
  const scripts = project.texts.filter(
    (f) =>
      (f.class === 'source' && /\.(?:sh|bash|zsh)$|(?:^|\/)(?:Makefile|justfile|Procfile)$/.test(f.path)) ||
      /(?:^|\/)package\.json$/.test(f.path),
  );
  return scripts.flatMap((file) => {
    const found = withoutComments(file)
      .replace(/\\\r?\n/g, (m) => ' '.repeat(m.length))
      .search(NODE_COMMAND);
    return found < 0 ? [] : [{ file, at: found }];
  });
}

/** Control interfaces that everybody can reach. */
export function wideBinds(project: ProjectTexts): readonly Observation[] {
  const services = composeServices(project);
  const open = (ports: (typeof services)[number]['ports']) => ports.find((p) => !LOOPBACK.test(p.address ?? ''));
  const out: Observation[] = [];
  const add = (file: ProjectText, place: number, outcome: Observation['outcome']) =>
    out.push(seen(file, place, 'wideBind', outcome));
  for (const { file, server } of freqtradeServers(project)) {
    const address = at(server, 'listen_ip_address');
    const port = textOf(at(server, 'listen_port')) || '8080';
    if (!/^(?:0\.0\.0\.0|::)$/.test(textOf(address)) || !address) {
      continue;
    }
    const published = services.flatMap((s) => s.ports.filter((p) => p.target === port).map((p) => ({ s, p })));
    const wide = published.find(({ p }) => !LOOPBACK.test(p.address ?? ''));
    if (wide) {
      add(wide.s.file, wide.p.at, 'fail');
    } else if (published.length === 0 && services.length === 0 && dockerfiles(project).length === 0) {
      add(file, address.at, 'fail'); // it runs on the machine itself
    }
  }
  for (const service of services) {
    const port = open(service.ports);
    const image = textOf(at(service.body, 'image'));
    const development = service.variables.find((v) => v.name === 'DEV' && /^["']?true["']?$/i.test(v.value ?? ''));
    if (port && ((GATEWAY.test(image) && development) || NODE_COMMAND.test(commandOf(service)))) {
      add(service.file, port.at, 'fail');
    }
  }
  for (const { file, at: place } of nodeCommands(project)) {
    add(file, place, 'fail');
  }
  const guarded = manifests(project).some((m) => m.kind === 'NetworkPolicy' || m.kind === 'CiliumNetworkPolicy');
  for (const { file, kind, body } of manifests(project)) {
    const type = at(body, 'spec', 'type');
    if (kind === 'Service' && type && /^(?:LoadBalancer|NodePort)$/.test(filledText(project, file, type)) && !guarded) {
      add(file, type.at, 'warn');
    }
  }
  for (const file of dockerfiles(project)) {
    const command = instructions(file.text).find(
      (i) =>
        /^(?:CMD|ENTRYPOINT)$/.test(i.name) &&
        NODE_COMMAND.test(i.rest.replace(/",\s*"/g, ' ').replace(/[[\]"]/g, ' ')),
    );
    if (command && services.length === 0) {
      add(file, command.start, 'warn'); // whether its port is published is not told here
    }
  }
  return out;
}

/** Answers that any site's scripts may read. */
const OPEN_CORS =
  /Access-Control-Allow-Origin["']?\s*[,:=]?\s*["'`]?\*|\bcors\(\s*\)|\borigins?["']?\s*:\s*\[?\s*["'`]\*["'`]|\borigin\s*:\s*true\b|\ballow_origins\s*=\s*\[\s*["']\*["']|\bCORS_origins["']?\s*:\s*\[\s*["']\*["']|\bAllowAllOrigins\s*:\s*true\b|\bAllow(?:ed)?Origins\s*:\s*(?:\[\]string\{\s*)?["']\*["']|\ballowedOrigins\(\s*["']\*["']|@CrossOrigin(?!\s*\()|@CrossOrigin\(\s*(?:origins\s*=\s*)?["']\*["']|\bCORS\(\s*\w+\s*\)|\bcors\.Default\(\)|\bAllowAnyOrigin\(\)|\bCORS_(?:ORIGIN_)?ALLOW_ALL(?:_ORIGINS)?\s*=\s*True|cors-allow-origin["']?\s*:\s*["']?\*|\bCorsLayer::permissive\(\)/g;
const CREDENTIALS =
  /\bcredentials["']?\s*:\s*true\b|\ballow_credentials\s*=\s*True\b|Access-Control-Allow-Credentials["']?\s*[,:=]?\s*["'`]?true|\bAllowCredentials\s*[:(]\s*(?:true|\))|\bsupports_credentials\s*=\s*True\b|\ballowCredentials\s*=\s*["']?true|\bCORS_ALLOW_CREDENTIALS\s*=\s*True\b|cors-allow-credentials["']?\s*:\s*["']?true/;

/** How far apart the two halves of one CORS configuration stand, in characters. */
const NEAR = 600;

/** Open CORS, and whether it lets credentials along. */
export function openCors(project: ProjectTexts): readonly Observation[] {
  return project.of('source', 'config', 'k8s').flatMap((file) => {
    const text = withoutComments(file);
    return [...text.matchAll(OPEN_CORS)].map((m) => {
      const around = text.slice(Math.max(0, m.index - NEAR), m.index + m[0].length + NEAR);
      return seen(file, m.index, 'openCors', CREDENTIALS.test(around) ? 'fail' : 'warn');
    });
  });
}

const AUTHENTICATION =
  /\bpassport\b|\bexpress-jwt\b|\bexpressjwt\(|\bjwt\.(?:verify|decode)\(|\bjwtVerify\(|\brequire_?auth|\bis_?authenticated\b|\bauthenticat(?:e|ed|ion|or)\w*\s*\(|\bapi_?key_?auth|\bverify_?(?:token|jwt|api_?key|signature|request|auth)\w*\b|\bauth_?middleware|\brequire_?(?:api_?key|login|user|token|session)|\b(?:check|validate)_?(?:api_?key|token|auth)|\bDepends\(\s*\w*(?:auth|user|security|verify|key|token)\w*|\bSecurity\(|\bAPIKeyHeader\b|\bHTTP(?:Bearer|Basic)\b|\bOAuth2\w*Bearer\b|@login_required\b|@jwt_required\b|@token_required\b|@auth\w*\.\w+|@requires_auth\b|\bSecurityFilterChain\b|@PreAuthorize\b|\bgetServerSession\(|\bnext-auth\b|\bclerkMiddleware\b|\b(?:Basic|Bearer|Key)Auth\b|\bbasic_?auth\b|\bfunc\s+\w*Auth\w*\(|\bUse\([^)\n]*[Aa]uth|\buse\([^)\n]*[Aa]uth|\brequestCert\s*:\s*true|\bRequireAndVerifyClientCert\b|\bIsAuthenticated\b|\bpermission_classes\b|\[Authorize\b|\bRequireAuthorization\(|\bbefore_action\s+:auth|\btimingSafeEqual\(|\bcompare_digest\(|\bhmac\.Equal\(|\bConstantTimeCompare\(|\bUseGuards\(/i;
const MESH = /^(?:AuthorizationPolicy|RequestAuthentication|PeerAuthentication|ServerAuthorization)$/;
const PROXY =
  /oauth2-proxy|\bauthelia\b|\bauthentik\b|\bpomerium\b|vouch-proxy|nginx\.ingress\.kubernetes\.io\/auth-(?:url|type|tls-secret)|traefik\.http\.middlewares\.[\w-]+\.(?:basicauth|forwardauth)/;
/** Routes that hand out keys or place orders. */
const PRECIOUS =
  /(?:\.(?:get|post|put|patch|delete|all|route|use|api_route|websocket|HandleFunc|Handle|GET|POST|PUT|DELETE|MapPost|MapGet)|@\w*(?:Mapping|Post|Get|Put|Delete)|Route::\w+|\bpath|\.at)\(\s*["'`]\/?[^"'`\n]*\b(?:api[-_]?keys?|keys?|secrets?|orders?|trades?|withdraw(?:als?)?|transfers?|sign)\b/;
const PRECIOUS_FILE = /\/(?:api[-_]?keys?|keys?|orders?|trades?|withdraw(?:als?)?|transfers?)(?:\/|\.[jt]sx?$)/;

const ROUTE =
  /(?:\.(?:get|post|put|patch|delete|all|route|HandleFunc|Handle|GET|POST|MapGet|MapPost)|@\w*(?:Mapping|Get|Post))\(\s*["'`](?:[A-Z]+ )?(\/[^"'`\n]*)["'`]/g;
const WATCHING = /^\/(?:-\/)?(?:health\w*|ready\w*|live\w*|metrics|ping|status|version|favicon\.ico)?\/?$/i;

/** Health and metrics may be open; a server that has nothing else needs no authentication. */
function isWatchOnly(text: string): boolean {
  const routes = [...text.matchAll(ROUTE)].map((m) => m[1] as string);
  return routes.length > 0 && routes.every((r) => WATCHING.test(r) && r !== '/');
}

/** Whether the project's servers ask who is there. */
export function authentication(project: ProjectTexts): readonly Observation[] {
  const servers = serverCode(project);
  if (servers.length === 0) {
    return [];
  }
  const probe = 'authMissing';
  for (const file of project.of('source')) {
    const found = withoutComments(file).search(AUTHENTICATION);
    if (found >= 0) {
      return [seen(file, found, probe, 'pass')];
    }
  }
  const mesh = manifests(project).find((m) => MESH.test(m.kind));
  if (mesh) {
    return [seen(mesh.file, mesh.at, probe, 'pass')];
  }
  for (const file of project.of('k8s', 'container', 'config')) {
    const found = file.text.search(PROXY);
    if (found >= 0) {
      return [seen(file, found, probe, 'pass')];
    }
  }
  const precious = servers
    .map(({ file, text, at: start }) => ({
      file,
      place: ROUTE_FILE.test(file.path) ? (PRECIOUS_FILE.test(file.path) ? start : -1) : text.search(PRECIOUS),
    }))
    .filter(({ place }) => place >= 0);
  if (precious.length === 0 && servers.every(({ text }) => isWatchOnly(text))) {
    return [];
  }
  const first = servers[0] as ServerCode;
  return precious.length > 0
    ? precious.map(({ file, place }) => seen(file, place, probe, 'fail'))
    : [seen(first.file, first.at, probe, 'warn', { confidence: 'medium' })];
}
