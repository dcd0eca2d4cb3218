namespace Ecert.Interop.Tests.RawHttp2;

/// <summary>The raw client's own decoder against the examples of RFC 7541, appendix C.</summary>
public sealed class HpackTests
{
    [Theory]
    [InlineData("f1e3c2e5f23a6ba0ab90f4ff", "www.example.com")]
    [InlineData("25a849e95ba97d7f", "custom-key")]
    [InlineData("d07abe941054d444a8200595040b8166e082a62d1bff", "Mon, 21 Oct 2013 20:13:21 GMT")]
    public void Huffman_strings_of_the_RFC_decode(string encoded, string expected) =>
        Assert.Equal(expected, HpackHuffman.Decode(Convert.FromHexString(encoded)));

    [Fact]
    public void Responses_of_the_RFC_decode_in_order_with_evictions()
    {
        // C.6: Huffman coding, and a dynamic table of 256 bytes that the third block overflows.
        var decoder = new HpackDecoder();
        var first = decoder.Decode(Convert.FromHexString(
            "3fe101" + "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff"
            + "6e919d29ad171863c78f0b97c8e9ae82ae43d3"));
        Assert.Equal(":status: 302; cache-control: private; date: Mon, 21 Oct 2013 20:13:21 GMT; "
            + "location: https://www.example.com", first.ToString());

        var second = decoder.Decode(Convert.FromHexString("4883640effc1c0bf"));
        Assert.Equal(":status: 307; cache-control: private; date: Mon, 21 Oct 2013 20:13:21 GMT; "
            + "location: https://www.example.com", second.ToString());

        var third = decoder.Decode(Convert.FromHexString(
            "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960d5"
            + "af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007"));
        Assert.Equal("foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1", third["set-cookie"]);
        Assert.Equal("gzip", third["content-encoding"]);
    }

    [Fact]
    public void What_the_encoder_writes_the_decoder_reads()
    {
        var headers = new HeaderList { { ":path", "/x" }, { "long", new string('y', 300) }, { "empty", "" } };
        Assert.Equal(headers, new HpackDecoder().Decode(HpackEncoder.Encode(headers)));
    }
}
