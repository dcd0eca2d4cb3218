using System.Text.Json;
using Ecert.Kernel;

namespace Ecert.Sandbox.Development;

/// <summary>
/// Keeps the parties of one installation in a folder, and beside them the files that SDKs are pointed at.
/// </summary>
internal static class KeyFolder
{
    private const string Parties = "parties.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Reads the parties, or makes them on first use.</summary>
    public static DevelopmentParties OpenOrCreate(string folder, TimeProvider clock, RandomSource random)
    {
        var file = Path.Combine(folder, Parties);
        if (File.Exists(file))
            return JsonSerializer.Deserialize<DevelopmentParties>(File.ReadAllText(file))
                ?? throw new InvalidDataException($"{file} holds no parties.");
        Directory.CreateDirectory(folder);
        var parties = DevelopmentParties.Create(clock, random);
        Write(file, JsonSerializer.Serialize(parties, Indented));
        foreach (var (name, content) in Files(parties))
            Write(Path.Combine(folder, name), content);
        return parties;
    }

    private static IEnumerable<(string, string)> Files(DevelopmentParties parties) =>
    [
        ("wechatpay-merchant.key", parties.WeChatPay.Merchant.PrivateKeyPem),
        ("wechatpay-merchant.crt", parties.WeChatPay.Merchant.CertificatePem),
        ("wechatpay-platform.crt", parties.WeChatPay.Platform.CertificatePem),
        ("wechatpay-platform.pub", parties.WeChatPay.Platform.PublicKeyPem),
        ("wechatpay-apiv3.txt", parties.WeChatPay.ApiV3Key),
        ("alipay-app.key", parties.Alipay.App.PrivateKeyPem),
        ("alipay-app.crt", parties.Alipay.App.CertificatePem),
        ("alipay-public.crt", parties.Alipay.Platform.CertificatePem),
        ("alipay-public.pub", parties.Alipay.Platform.PublicKeyPem),
        ("alipay-root.crt", parties.Alipay.RootCertificatePem),
    ];

    private static void Write(string path, string content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(content);
    }
}
