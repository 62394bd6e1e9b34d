using System.Globalization;
using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Compose.Tests.Kubernetes;

/// <summary>The version that docs/deployment.md asks for is the least that knows everything the manifests use.</summary>
public sealed partial class MinimumVersionTests
{
    /// <summary>What came with which 1.x, switched on without a feature gate.</summary>
    private static readonly (string Pattern, int Minor)[] Since =
    [
        (@"apiVersion: policy/v1\n", 21), (@"apiVersion: autoscaling/v2\n", 23), (@"persistentVolumeClaimRetentionPolicy:", 27),
        (@"unhealthyPodEvictionPolicy:", 27), (@"initContainers:(?s:.*)restartPolicy: Always", 29),
        (@"preStop:\n(\s*#.*\n)*\s*sleep:", 30), (@"matchLabelKeys:", 27), (@"trafficDistribution:", 31),
    ];

    [Fact]
    public void The_stated_version_is_the_least_that_knows_what_the_manifests_use()
    {
        var manifests = string.Concat(Directory.GetFiles(Repository.PathOf("compose", "kubernetes"), "*.yaml", SearchOption.AllDirectories)
            .Select(path => File.ReadAllText(path) + "\n"));

        var needed = Since.Where(feature => Regex.IsMatch(manifests, feature.Pattern)).Max(feature => feature.Minor);

        var stated = Stated().Match(File.ReadAllText(Repository.PathOf("docs", "deployment.md")));
        Assert.True(stated.Success, "docs/deployment.md states no version of Kubernetes.");
        Assert.Equal(needed, int.Parse(stated.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"needs Kubernetes 1\.(\d+) or later")]
    private static partial Regex Stated();
}
