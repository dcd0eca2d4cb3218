using System.Runtime.InteropServices;
using System.Text;

namespace Ecert.Bench.Certificates;

/// <summary>OpenSSL 3 in this process, on this core: the reference. Keys are taken in DER.</summary>
internal static partial class LibCrypto
{
    private const string Library = "libcrypto.so.3";
    private static readonly byte[] UserId = Encoding.ASCII.GetBytes("1234567812345678");

    internal static string Version => Marshal.PtrToStringAnsi(OpenSSL_version(0))!;

    internal static nint PublicKey(byte[] der) => Read(der, d2i_PUBKEY);

    internal static nint PrivateKey(byte[] der) => Read(der, d2i_AutoPrivateKey);

    /// <summary>Verifies a DER signature by SM2 with SM3.</summary>
    internal static bool Verify(nint key, byte[] message, byte[] signature)
    {
        var (context, keyContext) = Context(key);
        var ready = EVP_DigestVerifyInit(context, 0, EVP_sm3(), 0, key) == 1;
        var result = ready && EVP_DigestVerify(context, signature, signature.Length, message, message.Length) == 1;
        Free(context, keyContext);
        return result;
    }

    /// <summary>Signs by SM2 with SM3; the DER signature.</summary>
    internal static byte[] Sign(nint key, byte[] message)
    {
        var (context, keyContext) = Context(key);
        var signature = new byte[80];
        nint length = signature.Length;
        if (EVP_DigestSignInit(context, 0, EVP_sm3(), 0, key) != 1
            || EVP_DigestSign(context, signature, ref length, message, message.Length) != 1)
            throw new InvalidOperationException("OpenSSL did not sign.");
        Free(context, keyContext);
        return signature[..(int)length];
    }

    internal static void Sm3(byte[] message, byte[] digest) =>
        EVP_Digest(message, message.Length, digest, 0, EVP_sm3(), 0);

    private static (nint Context, nint KeyContext) Context(nint key)
    {
        var context = EVP_MD_CTX_new();
        var keyContext = EVP_PKEY_CTX_new(key, 0);
        EVP_PKEY_CTX_set1_id(keyContext, UserId, UserId.Length);
        EVP_MD_CTX_set_pkey_ctx(context, keyContext);
        return (context, keyContext);
    }

    private static void Free(nint context, nint keyContext)
    {
        EVP_MD_CTX_free(context);
        EVP_PKEY_CTX_free(keyContext);
    }

    private delegate nint Reader(nint key, ref nint input, nint length);

    private static nint Read(byte[] der, Reader read)
    {
        var memory = Marshal.AllocHGlobal(der.Length);
        Marshal.Copy(der, 0, memory, der.Length);
        var input = memory;
        var key = read(0, ref input, der.Length);
        Marshal.FreeHGlobal(memory);
        return key != 0 ? key : throw new InvalidOperationException("OpenSSL did not take the key.");
    }

    [LibraryImport(Library)]
    private static partial nint OpenSSL_version(int kind);

    [LibraryImport(Library)]
    private static partial nint d2i_PUBKEY(nint key, ref nint input, nint length);

    [LibraryImport(Library)]
    private static partial nint d2i_AutoPrivateKey(nint key, ref nint input, nint length);

    [LibraryImport(Library)]
    private static partial nint EVP_sm3();

    [LibraryImport(Library)]
    private static partial nint EVP_MD_CTX_new();

    [LibraryImport(Library)]
    private static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    private static partial nint EVP_PKEY_CTX_new(nint key, nint engine);

    [LibraryImport(Library)]
    private static partial void EVP_PKEY_CTX_free(nint context);

    [LibraryImport(Library)]
    private static partial int EVP_PKEY_CTX_set1_id(nint context, byte[] id, int length);

    [LibraryImport(Library)]
    private static partial void EVP_MD_CTX_set_pkey_ctx(nint context, nint keyContext);

    [LibraryImport(Library)]
    private static partial int EVP_DigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library)]
    private static partial int EVP_DigestVerify(
        nint context, byte[] signature, nint signatureLength, byte[] message, nint messageLength);

    [LibraryImport(Library)]
    private static partial int EVP_DigestSignInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library)]
    private static partial int EVP_DigestSign(
        nint context, byte[] signature, ref nint signatureLength, byte[] message, nint messageLength);

    [LibraryImport(Library)]
    private static partial int EVP_Digest(byte[] data, nint count, byte[] digest, nint size, nint type, nint engine);
}
