namespace Ecert.Kernel.Citizens;

/// <summary>Sex as a number states it, with the national codes (GB/T 2261.1, <c>gend</c>).</summary>
public enum Sex
{
    /// <summary>1, 男.</summary>
    Male = 1,

    /// <summary>2, 女.</summary>
    Female = 2,
}
