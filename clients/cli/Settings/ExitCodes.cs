namespace Platform.Cli.Settings;

/// <summary>How the program ends; stated in its README.</summary>
internal static class ExitCodes
{
    /// <summary>It has done what was asked.</summary>
    public const int Done = 0;

    /// <summary>The platform refused.</summary>
    public const int Refused = 1;

    /// <summary>The command line or a file that it names cannot be used.</summary>
    public const int Usage = 2;

    /// <summary>The platform was not reached, or cannot answer now.</summary>
    public const int NotReached = 3;

    /// <summary>There is no key, or it is not enough.</summary>
    public const int Denied = 4;

    /// <summary>Of a load: the objective did not hold, or nothing was answered.</summary>
    public const int NotHeld = 5;

    /// <summary>It was interrupted.</summary>
    public const int Interrupted = 130;
}
