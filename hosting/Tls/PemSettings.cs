namespace Platform.Hosting.Tls;

/// <summary>What is wrong with settings that name PEM files, in a sentence with the setting and the file; null when nothing is.</summary>
internal static class PemSettings
{
    /// <summary>Of <c>SECTION:Certificate</c> and <c>SECTION:Key</c>, which come together or not at all.</summary>
    public static string? PairProblem(string section, string? certificate, string? key) => (string.IsNullOrEmpty(certificate), string.IsNullOrEmpty(key)) switch
    {
        (true, true) => null,
        (false, true) => $"{section}:Certificate names a certificate, and {section}:Key no key for it.",
        (true, false) => $"{section}:Key names a key, and {section}:Certificate no certificate for it.",
        _ => Problem($"{section}:Certificate", () => Identity.Read([PemFile.Read(certificate!), PemFile.Read(key!)], TimeProvider.System.GetUtcNow())),
    };

    public static string? AuthorityProblem(string setting, string? path) =>
        string.IsNullOrEmpty(path) ? null : Problem(setting, () => PemFile.Read(path).Certificates());

    private static string? Problem(string setting, Func<object> read)
    {
        try
        {
            read();
            return null;
        }
        catch (InvalidDataException exception)
        {
            return $"{setting}: {exception.Message}";
        }
    }
}
