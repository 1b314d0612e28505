//! A server on this machine that writes down what it gets, and answers by script.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::answers::{Answer, Script};

/// How long a sender waits for an answer here: long enough for a busy machine to give it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(3);

/// A message as it came.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    pub(crate) path: String,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: String,
    pub(crate) answer: Answer,
}

impl Message {
    /// The day on which the sender signed it, in days since 1970. Each run has a day of its own, so
    /// this says which run sent it; the time of arrival cannot, since a message of a killed run may
    /// be read after the next one began.
    pub(crate) fn sent_on(&self) -> usize {
        self.headers["webhook-timestamp"].parse::<usize>().unwrap() / 86_400
    }

    pub(crate) fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }
}

#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) port: u16,
    got: Arc<Mutex<Vec<Message>>>,
    scripts: Arc<Mutex<HashMap<String, Script>>>,
}

impl Server {
    pub(crate) fn new(scripts: &[(&str, Script)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            got: Arc::default(),
            scripts: Arc::default(),
        };
        for (path, script) in scripts {
            server.script(path, *script);
        }
        let answering = server.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = answering.clone();
                thread::spawn(move || server.answer(stream));
            }
        });
        server
    }

    pub(crate) fn script(&self, path: &str, script: Script) {
        self.scripts.lock().unwrap().insert(path.to_owned(), script);
    }

    pub(crate) fn url(&self, scheme: &str, path: &str) -> String {
        format!("{scheme}://127.0.0.1:{}{path}", self.port)
    }

    /// What came for a path, in order.
    pub(crate) fn got(&self, path: &str) -> Vec<Message> {
        let got = self.got.lock().unwrap();
        got.iter().filter(|message| message.path == path).cloned().collect()
    }

    /// How many messages came.
    pub(crate) fn count(&self) -> usize {
        self.got.lock().unwrap().len()
    }

    /// None where the sender hung up in the middle.
    fn answer(&self, stream: TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream.try_clone().ok()?);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let path = line.split(' ').nth(1)?.to_owned();
        let mut headers = HashMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim().split_once(": ") else { break };
            headers.insert(name.to_lowercase(), value.to_owned());
        }
        let mut body = vec![0; headers.get("content-length")?.parse().ok()?];
        reader.read_exact(&mut body).ok()?;
        let body = String::from_utf8(body).ok()?;
        let id = headers.get("webhook-id").cloned().unwrap_or_default();
        let answer = {
            let mut got = self.got.lock().unwrap();
            let same = |message: &&Message| {
                message.path == path && message.headers.get("webhook-id") == Some(&id)
            };
            let tried = got.iter().filter(same).count();
            let script = *self.scripts.lock().unwrap().get(&path)?;
            let answer = script(&id, tried);
            got.push(Message { path, headers, body, answer });
            answer
        };
        say(stream, answer)
    }
}

fn say(mut stream: TcpStream, answer: Answer) -> Option<()> {
    let (status, headers) = match answer {
        Answer::Ok => (200, ""),
        Answer::Slow => {
            thread::sleep(PATIENCE + Duration::from_millis(600));
            (200, "")
        }
        Answer::Cut => return None,
        Answer::Garbage => return stream.write_all(b"\x16\x03\x01 what?\r\n\r\n").ok(),
        Answer::Refuse(status, headers) => (status, headers),
    };
    let answer = format!(
        "HTTP/1.1 {status} So\r\n{headers}Content-Length: 2\r\nConnection: close\r\n\r\nok"
    );
    stream.write_all(answer.as_bytes()).ok()
}
