using System.ComponentModel.DataAnnotations;

namespace Platform.Registry.Keys;

/// <summary>The first key; section <c>Access</c>.</summary>
public sealed class KeyOptions
{
    /// <summary>
    /// A first key of the operator's own, for whom a file on the registry's disk is out of reach: 32 or more visible characters, random ones.
    /// Another value replaces the first key at the next start. When absent, one is made.
    /// </summary>
    [RegularExpression("[!-~]{32,256}", ErrorMessage = "Access:BootstrapKey must be 32 to 256 visible ASCII characters.")]
    public string? BootstrapKey { get; set; }

    /// <summary>Where the first key is written that the registry makes; <c>registry/bootstrap.key</c> in the data directory when absent.</summary>
    public string? BootstrapKeyFile { get; set; }
}
