using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Storage;

/// <summary>What lies in a data folder, its owner alone reads.</summary>
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)511;
    private const UnixFileMode OwnersFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_made_after_the_folder_was_claimed_is_private()
    {
        PrivateFiles.Claim(_folder.File("data"));
        Directory.CreateDirectory(_folder.File("data", "a", "b"));
        File.WriteAllText(_folder.File("data", "a", "b", "c"), "");

        Assert.Equal(OwnersFolder, ModeOf("data"));
        Assert.Equal(OwnersFolder, ModeOf("data", "a", "b"));
        Assert.Equal(OwnersFile, ModeOf("data", "a", "b", "c"));
    }

    [Fact]
    public void What_was_there_before_is_taken_from_others()
    {
        var inner = Directory.CreateDirectory(_folder.File("data", "a")).FullName;
        File.WriteAllText(_folder.File("data", "a", "program"), "");
        File.WriteAllText(_folder.File("data", "file"), "");
        Allow(_folder.File("data"), Everybody);
        Allow(inner, OwnersFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        Allow(_folder.File("data", "a", "program"), Everybody);
        Allow(_folder.File("data", "file"), OwnersFile | UnixFileMode.OtherRead);

        PrivateFiles.Claim(_folder.File("data"));

        Assert.Equal((OwnersFolder, OwnersFolder, OwnersFolder, OwnersFile), (ModeOf("data"), ModeOf("data", "a"), ModeOf("data", "a", "program"), ModeOf("data", "file")));
    }

    [Fact]
    public void What_a_link_leads_to_stays_as_it_is()
    {
        Directory.CreateDirectory(_folder.File("data"));
        File.WriteAllText(_folder.File("elsewhere"), "");
        Allow(_folder.File("elsewhere"), Everybody);
        File.CreateSymbolicLink(_folder.File("data", "link"), _folder.File("elsewhere"));

        PrivateFiles.Claim(_folder.File("data"));

        Assert.Equal(Everybody, ModeOf("elsewhere"));
    }

    private static void Allow(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    private UnixFileMode ModeOf(params string[] parts) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(_folder.File(parts));
}
