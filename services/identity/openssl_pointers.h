// Owners of OpenSSL's things.

#ifndef TALLY_SERVICES_IDENTITY_OPENSSL_POINTERS_H_
#define TALLY_SERVICES_IDENTITY_OPENSSL_POINTERS_H_

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/params.h>
#include <openssl/x509.h>

#include <memory>

namespace tally::identity {

template <auto Free>
struct FreeWith {
  template <typename T>
  void operator()(T* thing) const {
    Free(thing);
  }
};

template <typename T, auto Free>
using Owned = std::unique_ptr<T, FreeWith<Free>>;

using KeyPointer = Owned<EVP_PKEY, EVP_PKEY_free>;
using KeyContextPointer = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using DigestContextPointer = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using NumberPointer = Owned<BIGNUM, BN_free>;
using BioPointer = Owned<BIO, BIO_free_all>;
using CertificatePointer = Owned<X509, X509_free>;
using ParamBuilderPointer = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using ParamsPointer = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using SignaturePointer = Owned<ECDSA_SIG, ECDSA_SIG_free>;

}  // namespace tally::identity

#endif  // TALLY_SERVICES_IDENTITY_OPENSSL_POINTERS_H_
