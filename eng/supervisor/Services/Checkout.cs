namespace Platform.Supervisor.Services;

/// <summary>The checkout that this program was built in, and what else was built there with it.</summary>
/// <param name="Root">Its folder.</param>
/// <param name="Build">The part of a path that names configuration and framework, such as <c>Release/net10.0</c>.</param>
internal sealed record Checkout(string Root, string Build)
{
    /// <summary>As this program lies in it: <c>ROOT/eng/supervisor/bin/Release/net10.0</c>.</summary>
    public static Checkout Find()
    {
        var program = new DirectoryInfo(AppContext.BaseDirectory);
        var root = program.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return new Checkout(root, Path.Combine(program.Parent!.Name, program.Name));
    }

    /// <summary>What <c>dotnet</c> runs for a service.</summary>
    public string ProgramOf(string service) =>
        Path.Combine(Root, "services", service, "bin", Build, $"Platform.{char.ToUpperInvariant(service[0])}{service[1..]}.dll");

    /// <summary>The script of a server.</summary>
    public string ScriptOf(string server) => Path.Combine(Root, "eng", "servers", $"{server}.sh");
}
