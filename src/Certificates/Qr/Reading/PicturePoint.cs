namespace Ecert.Certificates.Qr.Reading;

/// <summary>A place or a distance in a picture, in pixels from the outer corner of the top left one.</summary>
internal readonly record struct PicturePoint(double X, double Y)
{
    internal double Length => Math.Sqrt(X * X + Y * Y);

    public static PicturePoint operator +(PicturePoint a, PicturePoint b) => new(a.X + b.X, a.Y + b.Y);

    public static PicturePoint operator -(PicturePoint a, PicturePoint b) => new(a.X - b.X, a.Y - b.Y);

    public static PicturePoint operator *(PicturePoint a, double factor) => new(a.X * factor, a.Y * factor);

    /// <summary>Positive where b lies clockwise of a, as one looks at the picture.</summary>
    internal static double Cross(PicturePoint a, PicturePoint b) => a.X * b.Y - a.Y * b.X;

    internal static double Dot(PicturePoint a, PicturePoint b) => a.X * b.X + a.Y * b.Y;
}
