namespace Ecert.Adapters.Tests.Channels;

/// <summary>Public halves of the throw-away keys behind the reference vectors.</summary>
internal static class PublishedKeys
{
    public const string Merchant = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArvsDkEetWjBBaDD8QHV1
        lnuCIttsscs7BzL3WwFv5ig3MVu3zwHOWq+XC/p1GltmkakJv3n8/zBBLojmu3Wi
        4MIYn1/LAieA6aBFC9rk/nwgnhrXnZUdDU2hg8jOSmrMetwAko5OoPqICXln0B/p
        04RvTFPCr+6gYym8bfRpkz84nnXICGwURXXn3lLtfixNNuQc8veXHlx/IRhGnA5c
        WreajR7V1Mbyf4udNBiFHp7S+YVFLQDVtxykP40Jg3OHbdA3VQslG4V6Sg4llSpA
        v47JMqtHhHf40jg84sWlfNtS6Td+H9RibC7f5sMM/ROePros6up++kWYCuMauH6E
        qQIDAQAB
        -----END PUBLIC KEY-----
        """;

    public const string Platform = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArNypCFGUPPUCyP7CJiEz
        GfPYEzG98nHz07u+qHj8O3X1qqofAZBKF2KUXzr2XhAUnPLIDZaXugeAFCc0jcWj
        uq2CBbkxMNJh7uwQ1mNrB/PWP2juFWfAZ8EclmCwWAURx/3q6LTpO+s0zzaOj06S
        6kxn7JJBimtQrVOsC3yfH7oeaKd2glnEM00fLctDse0GQvwGnfjP0m0ouWgtintC
        AU9HZiVYrmdgW4xsfv1AbMHMLlUEAxo2gILavARww0Vz4cygflM9jkrcITlJEqHq
        neomnbYtcpLoe8uL1gCMRmBbVcOKBn64FvUAn9lOs+6sdfL4C7LjXtp75Tr3qS3K
        uwIDAQAB
        -----END PUBLIC KEY-----
        """;

    public const string AlipayApp = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApbyLfIfsvkPYX9dFzZ1E
        GJVEwFtKtvQAfWaEOk2DAFZf8rFyjLqExfoBFmWC6gGaXkFGwuie8i6oyGI4I7tF
        OdgLiE0OKM6H/hBXJ5cSGc65EXb6as88HwRECkmi0F5ukwc0ZzVn+TaFKHnQQbMb
        gju0or8JNpKqiOIEjeXvRCyDFF55d17EgtN0gmwXEolIvl1RLaQMBBFvGsohZKyS
        iPg3wSmCw2bgP+1eHVxZ7yDL3f4V2xb4MlWCwm0b9STbPljHZ+MSF7l6z+ZeY7rp
        86F75/rsg576C3LOm161L4/4ceNRGkLjfXSHwKfgbxYqToNr2yUfEsEKQ2V0ow6E
        wQIDAQAB
        -----END PUBLIC KEY-----
        """;

    public const string Alipay = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApVfguZxQXq0W1frsQDFY
        GnXLPBUkvj7hz0uUuQ+vMAhfKivBA8JwVC2esWxqrIEz0JEr5VCymGLMVlPv4z1Y
        I4XjW6weR34jjK4MXpyT/4Sxw0/S7FGItH6ooAlIhxuUHLmbOGDlSUeVvXGNrG3p
        3jYIGxFGzXFlsItk5TMURY/qtZg7Ik8Anhir2bXwMrj/LUQAeZIzg3Sxg08WoTVI
        zVuCH5JFjx5ujPGl7EkaqZoebfNki2p3BHGC/iAanu5e91nIDh3OzHvnu0bz78SF
        HTp7gWBX1/mECTkJ3UX986M8KvD7sBNUREnaxbZkI8o6aK8BA9Y1DifJ+vAYkdol
        owIDAQAB
        -----END PUBLIC KEY-----
        """;

    public const string AlipayAppCertificate = """
        -----BEGIN CERTIFICATE-----
        MIIDNzCCAh8CFEVMzd07SlS8lL69Uc4Nf37kAdCwMA0GCSqGSIb3DQEBCwUAMGUx
        CzAJBgNVBAYTAkNOMRowGAYDVQQKDBFTYW5kYm94IEZpbmFuY2lhbDEgMB4GA1UE
        CwwXQ2VydGlmaWNhdGlvbiBBdXRob3JpdHkxGDAWBgNVBAMMD1NhbmRib3ggUm9v
        dCBSMTAeFw0yNjExMjIwMTQ5MTVaFw0zNjExMTkwMTQ5MTVaMEsxCzAJBgNVBAYT
        AkNOMRMwEQYDVQQKDApNZXJjaGFudENvMQwwCgYDVQQLDANBcHAxGTAXBgNVBAMM
        EDIwMjEwMDAwMDAwMDAwMDEwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIB
        AQClvIt8h+y+Q9hf10XNnUQYlUTAW0q29AB9ZoQ6TYMAVl/ysXKMuoTF+gEWZYLq
        AZpeQUbC6J7yLqjIYjgju0U52AuITQ4ozof+EFcnlxIZzrkRdvpqzzwfBEQKSaLQ
        Xm6TBzRnNWf5NoUoedBBsxuCO7Sivwk2kqqI4gSN5e9ELIMUXnl3XsSC03SCbBcS
        iUi+XVEtpAwEEW8ayiFkrJKI+DfBKYLDZuA/7V4dXFnvIMvd/hXbFvgyVYLCbRv1
        JNs+WMdn4xIXuXrP5l5juunzoXvn+uyDnvoLcs6bXrUvj/hx41EaQuN9dIfAp+Bv
        FipOg2vbJR8SwQpDZXSjDoTBAgMBAAEwDQYJKoZIhvcNAQELBQADggEBAGXdpgj3
        Ntj2QCOiSlxhFpQiznvb0gxoIjgWwwKuZB5xTqam8v2GkbP2J0J1ctvWdu9SF0EM
        UWHVOtwWfoLHCQhFOzG3gcruShv8/sxTY4Br7Gf1WMRG0Fen02etJAjixzJ6IQsE
        QET8QgwL7ASyGxrScLY8v4j2IsdT1CjIYVYsuhW7jO1mbrDdDn2+Wg73vnwJoa/d
        NXEWxdnKRL4m+6qzEDbzsaFBlmpnvyY6bnvDKz/cMf5/0GNI25nh8uw655q9iXbf
        mJCIW1GEcvrXPAoLhDnmluZ50/3saNW79t+5ZQz+cvXz1uTnbyTDnGuWK0uIp788
        4PBaDBEmlJB38Tk=
        -----END CERTIFICATE-----
        """;
}
