#include "services/identity/tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include "engine/base/status_macros.h"
#include "engine/base/strings.h"
#include "fmt/format.h"
#include "grpcpp/security/tls_certificate_provider.h"
#include "grpcpp/security/tls_credentials_options.h"
#include "services/identity/openssl_pointers.h"

namespace tally::identity {
namespace {

constexpr unsigned int kRefreshSeconds = 10;

absl::Status Unusable(const std::string& path, std::string_view why) {
  ERR_clear_error();
  return absl::InvalidArgumentError(ToAbsl(fmt::format("{}: {}", path, why)));
}

absl::StatusOr<CertificatePointer> ReadCertificate(const std::string& path) {
  const BioPointer file(BIO_new_file(path.c_str(), "r"));
  if (file == nullptr) return Unusable(path, "cannot be read");
  CertificatePointer certificate(
      PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr));
  if (certificate == nullptr) return Unusable(path, "has no certificate");
  return certificate;
}

// A server starts without anybody there to be asked.
int NoPassphrase(char* /*buffer*/, int /*size*/, int /*writing*/,
                 void* /*data*/) {
  return -1;
}

// A key for the service's user alone.
absl::Status CheckKey(const std::string& path, X509* certificate) {
  struct stat about = {};
  if (stat(path.c_str(), &about) != 0) return Unusable(path, "cannot be read");
  if ((about.st_mode & (S_IRWXO | S_IWGRP)) != 0) {
    return Unusable(path, "others may read or change it; chmod 600 it");
  }
  const BioPointer file(BIO_new_file(path.c_str(), "r"));
  if (file == nullptr) return Unusable(path, "cannot be read");
  const KeyPointer key(
      PEM_read_bio_PrivateKey(file.get(), nullptr, NoPassphrase, nullptr));
  if (key == nullptr) return Unusable(path, "has no private key");
  if (X509_check_private_key(certificate, key.get()) != 1) {
    return Unusable(path, "is not the key of the certificate");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> ServerTls(
    const TlsFiles& files) {
  using grpc::experimental::FileWatcherCertificateProvider;
  ASSIGN_OR_RETURN(const CertificatePointer certificate,
                   ReadCertificate(files.certificate));
  RETURN_IF_ERROR(CheckKey(files.key, certificate.get()));
  const bool has_authority = !files.client_authority.empty();
  if (has_authority) {
    RETURN_IF_ERROR(ReadCertificate(files.client_authority).status());
  }
  auto provider = std::make_shared<FileWatcherCertificateProvider>(
      files.key, files.certificate, files.client_authority, kRefreshSeconds);
  grpc::experimental::TlsServerCredentialsOptions options(provider);
  options.watch_identity_key_cert_pairs();
  if (has_authority) options.watch_root_certs();
  const bool required = files.clients == ClientCertificates::kRequired;
  grpc_ssl_client_certificate_request_type asked =
      GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY;
  if (required) {
    asked = GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
  } else if (!has_authority) {
    asked = GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE;
  }
  options.set_cert_request_type(asked);
  // Chains are verified by the library; there is no host name to a client.
  options.set_check_call_host(false);
  return grpc::experimental::TlsServerCredentials(options);
}

}  // namespace tally::identity
