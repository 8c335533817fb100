//! Connections and routes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse as _;
use axum::response::sse::{KeepAlive, Sse};
use axum::routing::{any, get};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use serde::Deserialize;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::answer::{self, AnswerSettings, with_headers};
use super::guard::{Guard, Verdict};
use super::live::{self, Hello, Shown, Tabs};
use super::open::{Editor, Place};
use super::overview::{self, Wanted};
use super::page;
use super::site::Site;

/// Everything that requests are answered from.
#[derive(Debug)]
pub(super) struct AppState {
    pub(super) shown: Shown,
    pub(super) tabs: Tabs,
    pub(super) answer_settings: AnswerSettings,
    pub(super) guard: Guard,
    pub(super) hello: Hello,
    pub(super) editor: Option<Editor>,
    /// The project's folder.
    pub(super) root: PathBuf,
}

/// How many connections are held at once; 200 tabs are well within it.
const CONNECTIONS: usize = 800;

/// How long a client may take for the head of a request. A half-open one is
/// let go then; it held up nobody.
const HEAD_TIME: Duration = Duration::from_secs(15);

/// How long the first build is waited for.
const FIRST_BUILD: Duration = Duration::from_mins(2);

/// Answers on `listener` for as long as the runtime lives.
pub(super) async fn answer_all(listener: TcpListener, room: Arc<AppState>) {
    let router = routes(room);
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(permit) = Arc::clone(&free).acquire_owned().await else { return };
        match listener.accept().await {
            Ok((stream, _)) => {
                let router = router.clone();
                tokio::spawn(async move {
                    connection(stream, router).await;
                    drop(permit);
                });
            }
            // Out of file descriptors, or a client that left at once: a pause
            // gives others time to go.
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

async fn connection(stream: TcpStream, router: Router) {
    // A page in one go is what we send; waiting for more to send is delay.
    let _ = stream.set_nodelay(true);
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(64 * 1024);
    // That a client breaks off is its own affair.
    let _ = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await;
}

fn routes(room: Arc<AppState>) -> Router {
    Router::new()
        .route("/-/", get(show_overview))
        .route(
            "/-",
            get(|| async {
                with_headers(StatusCode::FOUND, Body::empty(), [(LOCATION, HeaderValue::from_static("/-/"))])
            }),
        )
        .route("/-/live", get(live_events))
        .route("/-/open", any(open))
        .route(
            "/-/preview.js",
            get(|| async { own("text/javascript; charset=utf-8", include_str!("assets/preview.js")) }),
        )
        .route(
            "/-/preview.css",
            get(|| async { own("text/css; charset=utf-8", include_str!("assets/preview.css")) }),
        )
        .route(
            "/-/pages.css",
            get(|| async { own("text/css; charset=utf-8", include_str!("assets/pages.css")) }),
        )
        .fallback(site_file)
        .layer(from_fn_with_state(Arc::clone(&room), guarded))
        .with_state(room)
}

/// Lets through what the guard passes.
async fn guarded(State(room): State<Arc<AppState>>, request: Request, next: Next) -> Response<Body> {
    let refuse = |status, zh, en| {
        let page = page::refused(room.answer_settings.lang, zh, en);
        answer::html(status, page.into_bytes(), true)
    };
    match room.guard.check(request.uri(), request.headers()) {
        Verdict::Pass => next.run(request).await,
        Verdict::Enter { cookie, location } => {
            let values = (HeaderValue::from_str(&cookie), HeaderValue::from_str(&location));
            let (Ok(cookie), Ok(location)) = values else {
                return refuse(StatusCode::BAD_REQUEST, "地址有误", "the address is wrong");
            };
            let headers = [(SET_COOKIE, cookie), (LOCATION, location)];
            with_headers(StatusCode::SEE_OTHER, Body::empty(), headers)
        }
        Verdict::ForeignHost => refuse(
            StatusCode::MISDIRECTED_REQUEST,
            "预览只在它自己的地址上应答；请用终端里显示的地址",
            "the preview answers at its own address only; use the one that the terminal shows",
        ),
        Verdict::ForeignPage => refuse(
            StatusCode::FORBIDDEN,
            "别的网站的页面不能使用预览",
            "another site's page may not use the preview",
        ),
        Verdict::NoToken => refuse(
            StatusCode::FORBIDDEN,
            "请用终端里显示的完整地址打开预览",
            "open the preview at the whole address that the terminal shows",
        ),
    }
}

/// The site, as soon as there is one.
async fn site(room: &AppState) -> Option<Arc<Site>> {
    let mut shown = room.shown.clone();
    let found = tokio::time::timeout(FIRST_BUILD, shown.wait_for(Option::is_some)).await.ok()?.ok()?;
    found.clone()
}

fn not_yet(room: &AppState) -> Response<Body> {
    let page =
        page::refused(room.answer_settings.lang, "还在生成，请稍后刷新", "still building; reload in a while");
    answer::html(StatusCode::SERVICE_UNAVAILABLE, page.into_bytes(), true)
}

async fn site_file(State(room): State<Arc<AppState>>, request: Request) -> Response<Body> {
    let Some(site) = site(&room).await else { return not_yet(&room) };
    if let Some(page) = answer::page_asked(&site, request.uri().path()) {
        room.tabs.asked(page.as_str());
    }
    answer::answer(&site, &room.answer_settings, request.method(), request.uri().path(), request.headers())
}

async fn show_overview(State(room): State<Arc<AppState>>, uri: Uri) -> Response<Body> {
    let Some(site) = site(&room).await else { return not_yet(&room) };
    // A query that is none of ours shows everything.
    let wanted = Query::<Wanted>::try_from_uri(&uri).map(|Query(wanted)| wanted).unwrap_or_default();
    answer::html(StatusCode::OK, overview::overview(&site, &wanted, room.answer_settings.lang), true)
}

/// Which page a tab shows, and what it has of it.
#[derive(Debug, Deserialize)]
struct LiveQuery {
    page: String,
    #[serde(default)]
    seen: String,
}

async fn live_events(
    State(room): State<Arc<AppState>>,
    Query(query): Query<LiveQuery>,
    headers: HeaderMap,
) -> Response<Body> {
    // A browser that connects again says what it was told last.
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).filter(|id| !id.is_empty());
    let token = last.map_or(query.seen, str::to_owned);
    let stream = live::events(
        room.shown.clone(),
        &room.tabs,
        room.answer_settings.lang,
        query.page,
        token,
        &room.hello,
    );
    let alive = KeepAlive::new().interval(Duration::from_secs(15));
    let mut response = Sse::new(stream).keep_alive(alive).into_response();
    response.headers_mut().insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

/// A place to open in the editor.
#[derive(Debug, Deserialize)]
struct OpenRequest {
    path: String,
    #[serde(default)]
    line: u32,
    #[serde(default)]
    column: u32,
}

/// The longest body of a wish, in bytes.
const OPEN_REQUEST: usize = 8 * 1024;

async fn open(
    State(room): State<Arc<AppState>>,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Response<Body> {
    let status = match opened(&room, &method, &headers, body).await {
        Ok(()) => StatusCode::NO_CONTENT,
        Err(status) => status,
    };
    with_headers(status, Body::empty(), [])
}

async fn opened(room: &AppState, method: &Method, headers: &HeaderMap, body: Body) -> Result<(), StatusCode> {
    let json = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if !json || !room.guard.may_act(method, headers) {
        return Err(StatusCode::FORBIDDEN);
    }
    let bytes = axum::body::to_bytes(body, OPEN_REQUEST).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
    let request: OpenRequest = serde_json::from_slice(&bytes).map_err(|_| StatusCode::BAD_REQUEST)?;
    let site = room.shown.borrow().clone().ok_or(StatusCode::NOT_FOUND)?;
    // Only what a finding or a piece names: so nobody asks for another file.
    if !site.names_source(&request.path) {
        return Err(StatusCode::NOT_FOUND);
    }
    let editor = room.editor.as_ref().ok_or(StatusCode::NOT_IMPLEMENTED)?;
    let place = Place::new(&room.root, &request.path, request.line, request.column);
    editor.open(&place).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

/// One of the preview's own files.
fn own(kind: &'static str, text: &'static str) -> Response<Body> {
    with_headers(StatusCode::OK, Body::from(text), [(CONTENT_TYPE, HeaderValue::from_static(kind))])
}
