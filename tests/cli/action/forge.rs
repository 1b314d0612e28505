//! What the action sees of GitHub: comments of pull requests, and files to download.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

#[derive(Clone)]
pub(super) struct Comment {
    pub(super) login: String,
    pub(super) body: String,
}

#[derive(Clone)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) token: String,
}

#[derive(Default)]
struct State {
    comments: Vec<Comment>,
    requests: Vec<Request>,
    files: HashMap<String, Vec<u8>>,
    refused: Option<(String, u16)>,
}

#[derive(Clone)]
pub(super) struct Forge {
    port: u16,
    state: Arc<Mutex<State>>,
}

impl Forge {
    pub(super) fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let forge = Self { port, state: Arc::default() };
        let answering = forge.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // whoever else connects holds up nobody
                let forge = answering.clone();
                thread::spawn(move || forge.answer(stream));
            }
        });
        forge
    }

    /// A port at which nobody listens.
    pub(super) fn closed() -> Self {
        Self { port: 1, state: Arc::default() }
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(super) fn comments(&self) -> Vec<Comment> {
        self.state.lock().unwrap().comments.clone()
    }

    pub(super) fn comment(&self, login: &str, body: &str) {
        let comment = Comment { login: login.to_owned(), body: body.to_owned() };
        self.state.lock().unwrap().comments.push(comment);
    }

    pub(super) fn requests(&self) -> Vec<Request> {
        self.state.lock().unwrap().requests.clone()
    }

    pub(super) fn file(&self, path: &str, content: Vec<u8>) {
        self.state.lock().unwrap().files.insert(path.to_owned(), content);
    }

    /// Requests of this method are answered like that from now on.
    pub(super) fn refuse(&self, method: &str, status: u16) {
        self.state.lock().unwrap().refused = Some((method.to_owned(), status));
    }

    /// None where the other side hung up.
    fn answer(&self, mut stream: TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream.try_clone().ok()?);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let mut words = line.split(' ').map(str::to_owned);
        let (method, path) = (words.next()?, words.next()?);
        let (mut length, mut token) = (0, String::new());
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim().split_once(": ") else { break };
            match name.to_lowercase().as_str() {
                "content-length" => length = value.parse().ok()?,
                "authorization" => value.strip_prefix("Bearer ")?.clone_into(&mut token),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let request = Request { method, path, token };
        let (status, body) = self.state.lock().unwrap().answer(request, &body);
        let head = format!(
            "HTTP/1.1 {status} So\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(&body).ok()
    }
}

impl State {
    fn answer(&mut self, request: Request, body: &[u8]) -> (u16, Vec<u8>) {
        let Request { method, path, .. } = request.clone();
        self.requests.push(request);
        if let Some((refused, status)) = &self.refused
            && *refused == method
        {
            return (
                *status,
                b"{\"message\": \"Resource not accessible by integration\"}".to_vec(),
            );
        }
        let text = || -> String {
            let body: Value = serde_json::from_slice(body).unwrap();
            body["body"].as_str().unwrap().to_owned()
        };
        let (place, query) = path.split_once('?').unwrap_or((&path, ""));
        match (method.as_str(), place) {
            ("GET", "/repos/acme/docs/issues/7/comments") => {
                (200, self.page(query).to_string().into_bytes())
            }
            ("POST", "/repos/acme/docs/issues/7/comments") => {
                let login = "github-actions[bot]".to_owned();
                self.comments.push(Comment { login, body: text() });
                (201, b"{}".to_vec())
            }
            ("PATCH", place) => {
                let number = place.strip_prefix("/repos/acme/docs/issues/comments/").unwrap();
                let number: usize = number.parse().unwrap();
                self.comments[number - 1000].body = text();
                (200, b"{}".to_vec())
            }
            (_, place) => match self.files.get(place) {
                Some(file) => (200, file.clone()),
                None => (404, Vec::new()),
            },
        }
    }

    /// A hundred comments, from 1000 on.
    fn page(&self, query: &str) -> Value {
        let page: usize = query.strip_prefix("per_page=100&page=").unwrap().parse().unwrap();
        let all = self.comments.iter().enumerate().skip((page - 1) * 100).take(100);
        let told = all.map(|(number, comment)| {
            json!({
                "id": 1000 + number,
                "user": {"login": comment.login},
                "body": comment.body,
            })
        });
        told.collect()
    }
}
