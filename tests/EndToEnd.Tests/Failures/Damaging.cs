using System.Text.Json.Nodes;

namespace Platform.EndToEnd.Tests.Failures;

/// <summary>What disks, people and programs do to files.</summary>
internal static class Damaging
{
    public static void Do(string path, string how)
    {
        var content = File.ReadAllBytes(path);
        // Of a file that is made longer than what is in it, the part that is used.
        var used = Array.FindLastIndex(content, octet => octet != 0) + 1;
        switch (how)
        {
            case "flip": content[used / 2] ^= 4; File.WriteAllBytes(path, content); break;
            case "cut": File.WriteAllBytes(path, content[..(used / 2)]); break;
            case "delete": File.Delete(path); break;
            case "swap":
                File.WriteAllText(path, new JsonObject { ["id"] = "another", ["revision"] = 1, ["index"] = new JsonObject(), ["value"] = 1 }.ToJsonString());
                break;
            default: throw new ArgumentOutOfRangeException(nameof(how), how, null);
        }
    }
}
