using Platform.TestKit;

namespace Platform.Explainer.Tests.Pictures;

/// <summary>Pictures that were looked at and approved. One that differs is left in the folder for temporary files, under received.</summary>
internal static class Approval
{
    public static void AssertApproved(string name, string drawn)
    {
        var approved = Repository.PathOf("tests", "Explainer.Tests", "Pictures", "approved", name);
        if (File.Exists(approved) && File.ReadAllText(approved) == drawn) return;
        var received = Path.Combine(Path.GetTempPath(), "received", name);
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.WriteAllText(received, drawn);
        Assert.Fail($"{name} is not as it was approved; it is now {received}.");
    }
}
