using System.Globalization;

namespace Platform.Onnx.Children;

/// <summary>What a child process is told on its command line: plain words, since reading JSON would take it longer than to start.</summary>
/// <param name="Assembly">Path of the assembly that has the role.</param>
/// <param name="Role">The role's full type name.</param>
/// <param name="Parent">The parent's process id.</param>
/// <param name="Limits">How far it may go. Their wall-clock time is the parent's affair.</param>
internal sealed record ChildCommand(string Assembly, string Role, int Parent, ChildLimits Limits)
{
    public string[] ToArguments() =>
    [
        Assembly, Role, Text(Parent), Text(Limits.MemoryBytes ?? 0), Text((long)Math.Ceiling(Limits.ProcessorTime?.TotalSeconds ?? 0)),
        Text(Limits.Niceness), Limits.MayWriteFiles ? "files" : "nofiles",
    ];

    /// <summary>Null where the words are not those of <see cref="ToArguments"/>.</summary>
    public static ChildCommand? Read(string[] arguments)
    {
        if (arguments is not [var assembly, var role, var parent, var memory, var processor, var niceness, var files]) return null;
        return new ChildCommand(assembly, role, (int)Number(parent), new ChildLimits
        {
            MemoryBytes = Number(memory) is > 0 and var bytes ? bytes : null,
            ProcessorTime = Number(processor) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
            Niceness = (int)Number(niceness),
            MayWriteFiles = files == "files",
        });
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
