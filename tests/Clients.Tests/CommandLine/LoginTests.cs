using Platform.Cli.Settings;
using Platform.TestKit;

namespace Platform.Clients.Tests.CommandLine;

public sealed class LoginTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Stored => _folder.File("platform/login.json");

    [Fact]
    public void What_is_stored_is_for_the_users_eyes_only()
    {
        Login().Write(new Uri("http://one.test"), "secret");
        Login().Write(new Uri("http://one.test"), "other");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(Stored).UnixFileMode);
        Assert.Equal((new Uri("http://one.test"), "other"), Login().Read(null));
    }

    [Fact]
    public void A_stored_key_goes_to_no_other_platform()
    {
        Login().Write(new Uri("http://one.test"), "secret");
        Assert.Equal("secret", Login().Read("http://one.test/").Key);
        Assert.Null(Login().Read("http://two.test").Key);
        Assert.Null(Login(("PLATFORM_URL", "http://two.test")).Read(null).Key);
        Assert.Equal("given", Login(("PLATFORM_KEY", "given")).Read("http://two.test").Key);
    }

    [Fact]
    public void Without_a_login_it_is_the_platform_of_this_machine() =>
        Assert.Equal((new Uri("http://127.0.0.1:8080"), null), Login().Read(null));

    [Fact]
    public void A_damaged_file_is_named()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Stored)!);
        File.WriteAllText(Stored, "{");
        Assert.Contains(Stored, Assert.Throws<UsageException>(() => Login().Read(null)).Message, StringComparison.Ordinal);
    }

    private Login Login(params (string Name, string Value)[] environment) =>
        new(Stored, environment.ToDictionary(variable => variable.Name, variable => variable.Value).GetValueOrDefault);
}
