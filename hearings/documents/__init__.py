"""What a hearing prints: notice, posters, slips, paper form, receipt. One module gathers the data of one document.

Papers are Thai in every language of the site. Templates stand beside the modules (core.typeset).
"""
