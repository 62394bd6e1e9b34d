using System.Diagnostics;

namespace Platform.TestKit.Running;

/// <summary>Signals to processes that a test has a hand in.</summary>
public static class Signals
{
    public static void Send(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        kill.WaitForExit();
    }

    /// <summary>Whether the process is there and is no mere entry that nobody has asked for.</summary>
    public static bool IsAlive(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(") ")[1][0] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>How many of a process's threads of a name compute now.</summary>
    public static int Computing(int process, string thread)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process}/task").Select(task => File.ReadAllText($"{task}/stat"))
                .Count(stat => stat.Contains($"({thread})") && stat.Split(") ")[1][0] == 'R');
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
