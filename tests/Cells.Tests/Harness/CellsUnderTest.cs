using WebWaka.CellKit;
using WebWaka.Standalone;

namespace WebWaka.Cells.Tests;

internal static class CellsUnderTest
{
    public static readonly CellModule[] All = [.. CellList.All, CellList.Sandbox];
}
