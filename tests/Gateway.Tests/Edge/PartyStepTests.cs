using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ecert.Gateway.Edge;
using Ecert.Gateway.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Ecert.Gateway.Tests.Edge;

public sealed class PartyStepTests
{
    private const string Prefix = "urn:ecert:institution:";

    [Fact]
    public void Institution_is_read_from_the_subject_alternative_name()
    {
        using var certificate = Named(san =>
        {
            san.AddDnsName("hospital.example");
            san.AddUri(new Uri("https://hospital.example"));
            san.AddUri(new Uri(Prefix + "H13010200001"));
        });

        Assert.Equal("H13010200001", PartyStep.InstitutionCode(certificate));
    }

    [Fact]
    public void Certificate_that_names_none_is_of_nobody()
    {
        using var dns = Named(san => san.AddDnsName(Prefix + "H13010200001"));
        using var bare = Made(null);

        Assert.Null(PartyStep.InstitutionCode(dns));
        Assert.Null(PartyStep.InstitutionCode(bare));
    }

    [Fact]
    public void Certificate_that_names_two_is_of_nobody()
    {
        using var certificate = Named(san =>
        {
            san.AddUri(new Uri(Prefix + "H13010200001"));
            san.AddUri(new Uri(Prefix + "H13010200002"));
        });

        Assert.Null(PartyStep.InstitutionCode(certificate));
    }

    [Theory]
    [InlineData("00")]
    [InlineData("30")]
    [InlineData("3003860180")]
    public void Certificate_whose_names_do_not_read_is_of_nobody(string hex)
    {
        using var certificate = Made(new X509Extension("2.5.29.17", Convert.FromHexString(hex), critical: false));

        Assert.Null(PartyStep.InstitutionCode(certificate));
    }

    [Fact]
    public async Task Registered_institution_is_found_and_an_unknown_one_is_not()
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal("第一医院", (await EnterAsync(gateway, "H13010200001")).Institution?.Name);
        Assert.Null((await EnterAsync(gateway, "H99999999999")).Institution);
    }

    private static async Task<EdgeCall> EnterAsync(TestGateway gateway, string code)
    {
        using var certificate = Named(san => san.AddUri(new Uri(Prefix + code)));
        var http = new DefaultHttpContext();
        http.Connection.ClientCertificate = certificate;
        var call = EdgeCalls.Call("/m", http: http);
        await gateway.Get<PartyStep>().EnterAsync(call);
        return call;
    }

    private static X509Certificate2 Named(Action<SubjectAlternativeNameBuilder> names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        names(builder);
        return Made(builder.Build());
    }

    private static X509Certificate2 Made(X509Extension? extension)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test", key, HashAlgorithmName.SHA256);
        if (extension is not null)
            request.CertificateExtensions.Add(extension);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
