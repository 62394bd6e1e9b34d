namespace Platform.Cli.Settings;

/// <summary>The command line, or a file that it names, cannot be used: what is wrong, in a sentence.</summary>
internal sealed class UsageException(string message) : Exception(message);
