//! https in front of a server, as a proxy does it: cookies that other sites may show exist on https alone.

use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::postgres::missing;

const REMEDY: &str = "install OpenSSL's command, e.g. `apt-get install openssl`";

/// Bytes carried at a time.
const CHUNK_BYTES: usize = 16 * 1024;

/// Listens already, so that its address is known; carries once it is told where to.
pub struct Front {
    pub url: String,
    listener: TcpListener,
    config: Arc<ServerConfig>,
}

impl Front {
    /// None where this machine cannot make a certificate (in CI that is a failure).
    pub async fn bind() -> Option<Front> {
        let Some(config) = certified() else {
            missing("OpenSSL", REMEDY);
            return None;
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!(
            "https://127.0.0.1:{}",
            listener.local_addr().unwrap().port()
        );
        let config = Arc::new(config);
        Some(Front {
            url,
            listener,
            config,
        })
    }

    /// Carries everything to this server from now on.
    pub fn carry_to(self, url: &str) {
        let server: SocketAddr = url.trim_start_matches("http://").parse().unwrap();
        tokio::spawn(async move {
            while let Ok((client, _)) = self.listener.accept().await {
                let tls = ServerConnection::new(self.config.clone()).unwrap();
                tokio::spawn(carry(client, server, tls));
            }
        });
    }
}

/// With a certificate of this hour, whose key never leaves this process's folder.
fn certified() -> Option<ServerConfig> {
    let folder = tempfile::tempdir().unwrap();
    let (key, certificate) = (folder.path().join("key"), folder.path().join("certificate"));
    let made = Command::new("openssl")
        .args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        ])
        .args([
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=IP:127.0.0.1",
        ])
        .arg("-keyout")
        .arg(&key)
        .arg("-out")
        .arg(&certificate)
        .stderr(Stdio::null())
        .status();
    if !made.is_ok_and(|status| status.success()) {
        return None;
    }
    let key = PrivateKeyDer::from_pem_file(key).unwrap();
    let chain = vec![CertificateDer::from_pem_file(certificate).unwrap()];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap();
    let config = config.with_no_client_auth().with_single_cert(chain, key);
    Some(config.unwrap())
}

/// One connection, until either side ends it. A broken one is the browser's to open again.
async fn carry(
    mut client: TcpStream,
    server: SocketAddr,
    mut tls: ServerConnection,
) -> std::io::Result<()> {
    let mut server = TcpStream::connect(server).await?;
    let (mut heard, mut told) = ([0; CHUNK_BYTES], [0; CHUNK_BYTES]);
    loop {
        let mut out = Vec::new();
        while tls.wants_write() {
            tls.write_tls(&mut out)?;
        }
        client.write_all(&out).await?;
        tokio::select! {
            count = client.read(&mut heard) => {
                let mut sealed = &heard[..count?];
                if sealed.is_empty() {
                    return Ok(());
                }
                while !sealed.is_empty() {
                    tls.read_tls(&mut sealed)?;
                    let state = tls.process_new_packets().map_err(std::io::Error::other)?;
                    let mut plain = vec![0; state.plaintext_bytes_to_read()];
                    tls.reader().read_exact(&mut plain)?;
                    server.write_all(&plain).await?;
                }
            }
            count = server.read(&mut told) => {
                let plain = &told[..count?];
                if plain.is_empty() {
                    return Ok(());
                }
                tls.writer().write_all(plain)?;
            }
        }
    }
}
