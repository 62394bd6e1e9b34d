using System.Globalization;

namespace Platform.Onnx.Workers;

/// <summary>What a process has of the machine's memory for itself alone (proc(5), statm).</summary>
internal static class ProcessMemory
{
    /// <summary>In bytes; 0 where there is no such process.</summary>
    public static long Of(int process)
    {
        try
        {
            var pages = File.ReadAllText($"/proc/{process}/statm").Split(' ');
            return (Number(pages[1]) - Number(pages[2])) * Environment.SystemPageSize;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
