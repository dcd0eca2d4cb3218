namespace Ecert.Certificates.Qr.Reading;

/// <summary>A symbol's modules, dark or light, without the quiet zone.</summary>
internal sealed class ModuleGrid(int side)
{
    private readonly bool[] _modules = new bool[side * side];

    internal int Side { get; } = side;

    internal bool this[int column, int row]
    {
        get => _modules[row * Side + column];
        set => _modules[row * Side + column] = value;
    }
}
