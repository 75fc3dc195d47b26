"""Write sheets as PDF with ReportLab."""
