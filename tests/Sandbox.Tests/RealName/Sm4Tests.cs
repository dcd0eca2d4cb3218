using System.Diagnostics;
using System.Text;
using Ecert.Sandbox.RealName;

namespace Ecert.Sandbox.Tests.RealName;

public sealed class Sm4Tests
{
    [Fact]
    public void The_block_of_the_standard_encrypts_as_in_GB_T_32907()
    {
        var block = Convert.FromHexString("0123456789ABCDEFFEDCBA9876543210");

        Assert.StartsWith("681EDF34D206965E86B3E94F536E4246", Sm4.Encrypt(block, block), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_and_data_agree_with_openssl()
    {
        var tmp = await OpenSslAsync(Encoding.ASCII.GetBytes("ECERTGATEWAY0001"), "the application's secret");
        var key = Encoding.ASCII.GetBytes(Convert.ToHexString(tmp)[..16]);
        const string Data = """{"name":"陈示例"}""";

        Assert.Equal(key, Sm4.DeriveKey("ECERTGATEWAY0001", "the application's secret"));
        Assert.Equal(Convert.ToHexString(await OpenSslAsync(key, Data)),
            Sm4.Encrypt(key, Encoding.UTF8.GetBytes(Data)));
        Assert.Equal(Data, Encoding.UTF8.GetString(Sm4.Decrypt(key, Sm4.Encrypt(key, Encoding.UTF8.GetBytes(Data)))!));
    }

    private static async Task<byte[]> OpenSslAsync(byte[] key, string text)
    {
        using var process = Process.Start(new ProcessStartInfo("openssl", $"enc -sm4-ecb -K {Convert.ToHexString(key)}")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        process.StandardInput.Close();
        using var sealedText = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(sealedText);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return sealedText.ToArray();
    }
}
