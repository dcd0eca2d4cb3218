namespace Ecert.Certificates.Qr.Reading;

/// <summary>A picture's brightness.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Pixels">0 black to 255 white, row by row from the top left.</param>
internal sealed record GrayPicture(int Width, int Height, byte[] Pixels);
