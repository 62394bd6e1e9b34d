using System.Globalization;

namespace Platform.Supervisor.Machine;

/// <summary>The pids of what runs, one file each in <c>DATA/run</c>.</summary>
internal sealed class PidFiles(string folder)
{
    public void Write(string name, int pid)
    {
        Directory.CreateDirectory(folder);
        var path = PathOf(name);
        File.WriteAllText($"{path}.new", string.Create(CultureInfo.InvariantCulture, $"{pid}\n"));
        File.Move($"{path}.new", path, overwrite: true);
    }

    /// <summary>The pid, if there is a file for it.</summary>
    public int? Read(string name) =>
        File.Exists(PathOf(name)) && int.TryParse(File.ReadAllText(PathOf(name)), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var pid)
            ? pid
            : null;

    public void Remove(string name) => File.Delete(PathOf(name));

    private string PathOf(string name) => Path.Combine(folder, $"{name}.pid");
}
